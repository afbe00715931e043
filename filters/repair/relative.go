package repair

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// relative makes relative addresses absolute. The article's own is resolved
// first, since the others may resolve against it.
func (p *page) relative() {
	p.dropDeadAnchors()
	home := firstBase(p.entry.Base, p.source.Home, p.source.URL)
	declared := p.entry.Body().Base
	if declared == "" && p.entry.Base != p.source.URL {
		declared = p.entry.Base
	}
	var base *url.URL
	p.eachAddress(func(address string, k kind) string {
		if k == toArticle {
			return absolute(home, address)
		}
		if base == nil {
			base = firstBase(absolute(home, declared), p.copy.Link, p.source.Home, p.source.URL)
		}
		if strings.HasPrefix(address, "#") && p.copy.Link != "" {
			link, _, _ := strings.Cut(p.copy.Link, "#")
			return link + address // a place in the article
		}
		return absolute(base, address)
	})
}

// dropDeadAnchors unwraps links that lead nowhere without their page's
// scripts.
func (p *page) dropDeadAnchors() {
	for n := p.body.FirstChild; n != nil; {
		following := next(p.body, n, true)
		if n.DataAtom == atom.A && n.Type == html.ElementNode {
			switch strings.TrimSpace(attribute(n, "href")) {
			case "#", "#!", "":
				if hasAttribute(n, "href") {
					dropAttribute(n, "href")
				}
			}
		}
		n = following
	}
}

func hasAttribute(n *html.Node, name string) bool {
	for i := range n.Attr {
		if n.Attr[i].Key == name {
			return true
		}
	}
	return false
}

// firstBase returns the first absolute http address of a list, nil when there
// is none.
func firstBase(candidates ...string) *url.URL {
	for _, c := range candidates {
		if !hasScheme(c) {
			continue
		}
		if u, err := url.Parse(strings.TrimSpace(c)); err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") {
			return u
		}
	}
	return nil
}

// hasScheme reports whether an address begins with a scheme (RFC 3986 §3.1).
func hasScheme(address string) bool {
	for i, r := range address {
		switch {
		case r|0x20 >= 'a' && r|0x20 <= 'z':
		case i > 0 && (r >= '0' && r <= '9' || r == '+' || r == '-' || r == '.'):
		default:
			return r == ':' && i > 0
		}
	}
	return false
}

// absolute resolves a reference (RFC 3986 §5.2) without touching the spelling
// of what it keeps. What can't be resolved comes back as it was.
func absolute(base *url.URL, reference string) string {
	ref := strings.TrimSpace(reference)
	switch {
	case ref == "" || hasScheme(ref):
		return reference
	case strings.HasPrefix(ref, "//"):
		if len(ref) < 4 || ref[2] == '/' {
			return reference
		}
		if base == nil {
			return "https:" + ref
		}
		return base.Scheme + ":" + ref
	case base == nil:
		return reference
	}
	root := base.Scheme + "://" + base.Host
	path := base.EscapedPath()
	switch ref[0] {
	case '#':
		query := ""
		if base.RawQuery != "" {
			query = "?" + base.RawQuery
		}
		return root + slash(path) + query + ref
	case '?':
		return root + slash(path) + ref
	case '/':
		return root + removeDots(ref)
	}
	return root + removeDots(slash(path[:strings.LastIndexByte(path, '/')+1])+ref)
}

func slash(path string) string {
	if path == "" {
		return "/"
	}
	return path
}

// removeDots removes the "." and ".." segments of a path (RFC 3986 §5.2.4);
// query and fragment are kept.
func removeDots(reference string) string {
	end := strings.IndexAny(reference, "?#")
	if end < 0 {
		end = len(reference)
	}
	path, rest := reference[:end], reference[end:]
	if !strings.Contains(path, "/.") {
		return reference
	}
	var out []string
	segments := strings.Split(path, "/")
	for i, s := range segments {
		last := i == len(segments)-1
		switch s {
		case ".", "..":
			if s == ".." && len(out) > 1 {
				out = out[:len(out)-1]
			}
			if last {
				out = append(out, "")
			}
		default:
			out = append(out, s)
		}
	}
	return strings.Join(out, "/") + rest
}
