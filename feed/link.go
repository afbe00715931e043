package feed

import (
	"net/url"
	"path"
	"slices"
	"strings"
)

// CanonicalLink returns a form of an article's address in which two addresses
// of the same page are equal: without scheme, port, mobile and www host
// labels, fragment, tracking, AMP markers and index files, its parameters in
// order. It is for comparing and never published. What isn't an http address
// comes back without the white space around it.
func CanonicalLink(address string) string {
	address = strings.TrimSpace(address)
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || !isHTTP(u.Scheme) {
		return address
	}
	host := canonicalHost(u)
	if id := youtubeID(host, u); id != "" {
		return "youtube.com/watch?v=" + id
	}
	p := canonicalPath(u)
	query := canonicalQuery(u.RawQuery, host)
	if strings.HasPrefix(u.Fragment, "!") || strings.HasPrefix(u.Fragment, "/") {
		query += "#" + u.Fragment // addresses of pages that scripts put together
	}
	return host + p + query
}

func isHTTP(scheme string) bool {
	return strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")
}

// canonicalHost returns the host without port and without the labels that
// name another presentation of the same site.
func canonicalHost(u *url.URL) string {
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	for _, label := range []string{"www.", "m.", "mobile.", "amp."} {
		if rest, ok := strings.CutPrefix(host, label); ok && strings.Contains(rest, ".") {
			host = rest
		}
	}
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		host += ":" + port
	}
	return host
}

// canonicalPath returns the path, escaped as little as RFC 3986 §6.2.2 allows.
func canonicalPath(u *url.URL) string {
	p := u.Path
	if before, _, found := strings.Cut(p, ";jsessionid="); found {
		p = before
	}
	if strings.Contains(p, "/./") || strings.Contains(p, "/../") || strings.HasSuffix(p, "/..") {
		p = path.Clean(p)
	}
	switch base := path.Base(p); base {
	case "index.html", "index.htm", "index.php", "amp", "amp.html":
		p = strings.TrimSuffix(strings.TrimSuffix(p, "/"), base)
	}
	if rest, ok := strings.CutSuffix(p, ".amp.html"); ok {
		p = rest + ".html"
	}
	p = strings.TrimRight(p, "/")
	return (&url.URL{Path: p}).EscapedPath()
}

func canonicalQuery(query, host string) string {
	if query == "" {
		return ""
	}
	var kept []string
	for parameter := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(parameter, "=")
		switch {
		case parameter == "", tracks(parameter, host), name == "amp" && (value == "" || value == "1"):
			continue
		}
		if plain, err := url.QueryUnescape(parameter); err == nil {
			plainName, plainValue, _ := strings.Cut(plain, "=")
			parameter = url.QueryEscape(plainName) + "=" + url.QueryEscape(plainValue)
		}
		kept = append(kept, parameter)
	}
	if len(kept) == 0 {
		return ""
	}
	slices.Sort(kept)
	return "?" + strings.Join(kept, "&")
}

// youtubeID returns the video that an address of YouTube shows, or "".
func youtubeID(host string, u *url.URL) string {
	id := ""
	switch host {
	case "youtu.be":
		id = strings.TrimPrefix(u.Path, "/")
	case "youtube.com", "youtube-nocookie.com", "music.youtube.com":
		if strings.TrimSuffix(u.Path, "/") == "/watch" {
			id = u.Query().Get("v")
			break
		}
		for _, form := range []string{"/shorts/", "/embed/", "/live/", "/v/"} {
			if rest, ok := strings.CutPrefix(u.Path, form); ok {
				id = rest
			}
		}
	}
	id = strings.TrimSuffix(id, "/")
	if len(id) != 11 || strings.Contains(id, "/") {
		return ""
	}
	return id
}

// StripTracking returns an address without the parameters that only tell who
// sent the reader. All else is kept byte for byte, so that an address without
// tracking comes back as it is. It takes absolute and relative addresses.
func StripTracking(address string) string {
	if !strings.ContainsAny(address, "?#") {
		return address
	}
	rest, fragment, _ := strings.Cut(address, "#")
	if fragment != "" {
		fragment = stripParameters(fragment, "", true)
	}
	before, query, asked := strings.Cut(rest, "?")
	if asked {
		query = stripParameters(query, hostOf(before), false)
	}
	var b strings.Builder
	b.Grow(len(address))
	b.WriteString(before)
	if query != "" || asked && strings.HasSuffix(rest, "?") {
		b.WriteByte('?')
		b.WriteString(query)
	}
	if fragment != "" || strings.HasSuffix(address, "#") {
		b.WriteByte('#')
		b.WriteString(fragment)
	}
	return b.String()
}

// hostOf returns the host of an absolute or scheme-less address in lower
// case without www, "" when it has none.
func hostOf(address string) string {
	_, rest, found := strings.Cut(address, "//")
	if !found {
		return ""
	}
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		rest = rest[:end]
	}
	if at := strings.LastIndexByte(rest, '@'); at >= 0 {
		rest = rest[at+1:]
	}
	rest, _, _ = strings.Cut(rest, ":")
	return strings.TrimPrefix(strings.ToLower(rest), "www.")
}

// stripParameters removes the tracking parameters of a query, or of a
// fragment, which is left alone unless all of it is tracking.
func stripParameters(query, host string, fragment bool) string {
	if !strings.Contains(query, "=") && fragment {
		return query
	}
	parameters := strings.Split(query, "&")
	kept := slices.DeleteFunc(slices.Clone(parameters), func(p string) bool {
		return tracks(p, host) && (!fragment || strings.Contains(p, "="))
	})
	switch {
	case len(kept) == len(parameters), fragment && len(kept) > 0:
		return query
	}
	if len(kept) > 0 { // "a&amp;b": what comes first has no separator before it
		kept[0] = strings.TrimPrefix(kept[0], "amp;")
	}
	return strings.Join(kept, "&")
}

// tracks reports whether a parameter, "name=value", only tells who sent the
// reader.
func tracks(parameter, host string) bool {
	name, value, _ := strings.Cut(strings.TrimPrefix(parameter, "amp;"), "=")
	if name == "" || len(name) > 40 {
		return false
	}
	name = strings.ToLower(name)
	if trackingNames[name] || fromFeed[name] && (feedValues[strings.ToLower(value)] || strings.Contains(value, "----")) {
		return true
	}
	for _, prefix := range trackingPrefixes {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	for suffix := host; suffix != ""; _, suffix, _ = strings.Cut(suffix, ".") {
		if trackingOnHosts[suffix][name] {
			return true
		}
	}
	return false
}
