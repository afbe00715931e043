// Package article takes an article out of the page it stands on, for sources
// whose feeds hold only the beginning of it.
//
// Pages are read as browsers read them (WHATWG HTML, Encoding), whatever is in
// them, within bounds. What is taken is the article or nothing: a page that
// asks for a login or for consent, one that is about something else than the
// entry, and one that says less than the feed did are refused, with the
// reason, and the entry keeps what the feed has. What is wrong in the article
// itself is left to repair, getting the page to fetch.
package article

import (
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"codeberg.org/readeck/go-readability"
	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"copydesk/feed"
)

const (
	// alike is the part of what the feed says, its title or its text, that
	// has to stand in the article.
	alike = 0.5
	// less is how much shorter than the feed's text an article may be.
	less = 0.9
)

// Extract takes the article of an entry out of its page. Address is where the
// page was had, after redirects. A selector (CSS) names the article's element
// or elements; empty: they are found. The error says, in words for the
// source's owner, why there is none.
func Extract(body []byte, header http.Header, address, selector string, e *feed.Entry) (*feed.Page, error) {
	if kind, _, err := mime.ParseMediaType(header.Get("Content-Type")); err == nil && !pageTypes[kind] {
		return nil, fmt.Errorf("it is %.80s, not a page", kind)
	}
	doc, err := read(body, header, selector != "")
	if err != nil {
		return nil, err
	}
	base, err := baseOf(doc, address)
	if err != nil {
		return nil, err
	}
	title := titleOf(doc)
	var parts []*html.Node
	if selector == "" {
		parts, err = found(doc, base)
	} else {
		parts, err = selected(doc, selector)
	}
	if err != nil {
		return nil, err
	}
	page := &feed.Page{Base: base.String()}
	var b, words strings.Builder
	for _, n := range parts {
		if err := html.Render(&b, n); err != nil {
			return nil, fmt.Errorf("it can't be written down: %w", err)
		}
		plain(&words, n)
	}
	if b.Len() > maxArticle {
		return nil, fmt.Errorf("its article is larger than %d MB", maxArticle>>20)
	}
	page.HTML = b.String()
	return page, check(e, title, words.String(), selector != "")
}

// pageTypes are the media types of pages.
var pageTypes = map[string]bool{"text/html": true, "application/xhtml+xml": true, "text/plain": true, "application/octet-stream": true}

// baseOf is what a page's relative addresses resolve against (HTML §2.4.3).
func baseOf(doc *html.Node, address string) (*url.URL, error) {
	base, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("its address can't be read")
	}
	if n := first(doc, atom.Base); n != nil {
		if to, err := base.Parse(strings.TrimSpace(attribute(n, "href"))); err == nil && (to.Scheme == "http" || to.Scheme == "https") {
			base = to
		}
	}
	return base, nil
}

// titleOf is what a page says it is about.
func titleOf(doc *html.Node) string {
	var b strings.Builder
	for _, a := range []atom.Atom{atom.Title, atom.H1} {
		if n := first(doc, a); n != nil {
			plain(&b, n)
		}
	}
	return b.String()
}

// found finds the article of a page that nobody described.
func found(doc *html.Node, base *url.URL) ([]*html.Node, error) {
	parser := readability.NewParser()
	parser.KeepClasses = true // repair and the source's remove go by classes
	a, err := parser.ParseAndMutate(doc, base)
	switch {
	case err != nil:
		return nil, fmt.Errorf("no article could be looked for: %w", err)
	case a.Node == nil:
		return nil, errors.New("no article was found on it; full_text can name its element with a CSS selector")
	}
	return children(a.Node), nil
}

func children(n *html.Node) (all []*html.Node) {
	for c := range n.ChildNodes() {
		all = append(all, c)
	}
	return all
}

// selected are the elements of a selector that don't stand in one another.
func selected(doc *html.Node, selector string) ([]*html.Node, error) {
	group, err := cascadia.ParseGroup(selector)
	if err != nil {
		return nil, fmt.Errorf("full_text is no CSS selector: %w", err)
	}
	var all []*html.Node
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode && group.Match(n) {
			all = append(all, n)
			return
		}
		for c := range n.ChildNodes() {
			walk(c)
		}
	}
	walk(doc)
	if len(all) == 0 {
		return nil, fmt.Errorf("nothing on it is %s, which full_text names", selector)
	}
	return all, nil
}

func first(n *html.Node, a atom.Atom) *html.Node {
	for d := range n.Descendants() {
		if d.DataAtom == a && d.Type == html.ElementNode {
			return d
		}
	}
	return nil
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}
