package repair

import (
	"net/url"
	"strings"
	"sync"
)

// wrapped takes addresses out of the proxies, redirectors, caches and viewers
// they were put into, however many there are, from their spelling alone.
func (p *page) wrapped() {
	p.eachAddress(func(address string, k kind) string { return bare(address, k) })
}

// bare returns the address inside all wrappings.
func bare(address string, k kind) string {
	// Nested more often than this, somebody plays.
	for range 8 {
		inner, ok := unwrapped(address, k)
		if !ok {
			return address
		}
		address = inner
	}
	return address
}

// wrapping is an address taken apart.
type wrapping struct {
	host     string // lower case, without www
	path     string // still escaped
	query    string
	fragment string
	kind     kind
}

// unwrapped returns the address that another one wraps.
func unwrapped(address string, k kind) (string, bool) {
	w, ok := takeApart(address, k)
	if !ok {
		return "", false
	}
	if inner, ok := known(&w); ok {
		return inner, true
	}
	if !strings.Contains(w.path, "http") && !strings.Contains(w.query, "http") && !strings.Contains(w.path, "/amp/s/") && !strings.Contains(w.query, "%2") &&
		!strings.Contains(w.query, "//") && !strings.Contains(strings.ToLower(w.path+w.query), "http") && !strings.Contains(w.query, "=aHR0c") {
		return "", false
	}
	if functional(&w) {
		return "", false
	}
	for _, form := range []func(*wrapping) (string, bool){inQuery, inParameter, inPath, inAMP} {
		if inner, ok := form(&w); ok {
			return inner, true
		}
	}
	return "", false
}

func takeApart(address string, k kind) (wrapping, bool) {
	w := wrapping{kind: k}
	rest := strings.TrimSpace(address)
	switch {
	case strings.HasPrefix(rest, "https://"):
		rest = rest[8:]
	case strings.HasPrefix(rest, "http://"):
		rest = rest[7:]
	case strings.HasPrefix(rest, "//"):
		rest = rest[2:]
	case strings.HasPrefix(rest, "/"): // on the source's own host
	default:
		return w, false
	}
	if !strings.ContainsAny(rest, "/?") {
		return w, false
	}
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		w.host, rest = rest[:end], rest[end:]
	}
	w.host = strings.TrimPrefix(strings.ToLower(w.host), "www.")
	w.path = rest
	// A fragment behind a wrapped address that stands bare belongs to that.
	if before, fragment, found := strings.Cut(rest, "#"); found {
		w.path, w.fragment = before, "#"+fragment
	}
	w.path, w.query, _ = strings.Cut(w.path, "?")
	return w, true
}

// known asks the redirectors of a host, of the domains above it, and of the
// sites that have one host in each country.
func known(w *wrapping) (string, bool) {
	table := redirectorsByHost()
	for suffix, found := w.host, true; found; _, suffix, found = strings.Cut(suffix, ".") {
		for _, name := range [...]string{suffix, suffix[:strings.IndexByte(suffix+".", '.')] + "."} {
			for _, r := range table[name] {
				if strings.HasPrefix(strings.ToLower(w.path), r.path) {
					if inner, ok := r.take(w, r.parameters); ok {
						return inner, true
					}
				}
			}
		}
	}
	return "", false
}

// redirectorsByHost is the table of redirectors by their host.
var redirectorsByHost = sync.OnceValue(func() map[string][]redirector {
	table := map[string][]redirector{}
	for _, r := range redirectors {
		table[r.host] = append(table[r.host], r)
	}
	return table
})

// absoluteInner decodes a value until it is an absolute address and reports
// whether it became one that can be had from a public host.
func absoluteInner(value string) (string, bool) {
	value = strings.TrimSpace(value)
	for range 4 {
		lower := strings.ToLower(value[:min(len(value), 12)])
		switch {
		case strings.HasPrefix(lower, "http://"), strings.HasPrefix(lower, "https://"):
			value = tidyScheme(escapeSpaces(value))
			return value, publicHost(value)
		case strings.HasPrefix(lower, "//"):
			value = "https:" + value
			return value, publicHost(value)
		case strings.HasPrefix(lower, "http:/"), strings.HasPrefix(lower, "https:/"): // a slash was folded away
			scheme, rest, _ := strings.Cut(value, ":/")
			value = scheme + "://" + rest
		case strings.HasPrefix(lower, "http%"), strings.HasPrefix(lower, "https%"), strings.HasPrefix(lower, "%2f%2f"), strings.HasPrefix(lower, "%68"):
			decoded, err := url.PathUnescape(value)
			if err != nil || decoded == value {
				return "", false
			}
			value = decoded
		default:
			return "", false
		}
	}
	return "", false
}

// escapeSpaces escapes what decoding brought to light and an address can't hold.
func escapeSpaces(address string) string {
	if clean(address) {
		return address
	}
	return strings.NewReplacer(" ", "%20", "\t", "%09", "\n", "%0A", "\r", "%0D", `"`, "%22", "<", "%3C", ">", "%3E").Replace(address)
}

// publicHost reports whether an absolute address names a host with a dot.
func publicHost(address string) bool {
	_, rest, _ := strings.Cut(address, "//")
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		rest = rest[:end]
	}
	rest, _, _ = strings.Cut(rest[strings.LastIndexByte(rest, '@')+1:], ":")
	return isHostname(rest)
}

// isHostname reports whether a name is that of a host in the public DNS.
func isHostname(name string) bool {
	dot := strings.LastIndexByte(name, '.')
	if dot <= 0 || len(name) > 253 || len(name)-dot < 3 && !digits(name[dot+1:]) || strings.Contains(name, "..") || name[0] == '-' {
		return false
	}
	for _, r := range name {
		switch {
		case r == '.' || r == '-' || r == '_', r >= '0' && r <= '9', r|0x20 >= 'a' && r|0x20 <= 'z', r > 0x7f && !invisible(r) && r != '。' && r != '．':
		default:
			return false
		}
	}
	return true
}

// value returns the raw value of a parameter.
func (w *wrapping) value(name string) (string, bool) {
	for parameter := range strings.SplitSeq(w.query, "&") {
		if key, value, found := strings.Cut(strings.TrimPrefix(parameter, "amp;"), "="); found && strings.EqualFold(key, name) {
			return value, true
		}
	}
	return "", false
}

// parameter takes the address from the value of a parameter.
func parameter(w *wrapping, names string) (string, bool) {
	for name := range strings.FieldsSeq(names) {
		if value, found := w.value(name); found {
			if inner, ok := absoluteInner(w.whole(name, value)); ok {
				return inner, true
			}
		}
	}
	return "", false
}

// whole returns the value of a parameter as its writer meant it. An address
// that was put in without escaping runs on over the "&" of its own query; one
// whose "?" is escaped was escaped in part.
func (w *wrapping) whole(name, value string) string {
	if !strings.Contains(value, "://") {
		return value
	}
	if !strings.Contains(value, "?") {
		upper := strings.ToUpper(value)
		if strings.Contains(upper, "%3F") || strings.Contains(upper, "%3D") {
			if decoded, err := url.PathUnescape(value); err == nil {
				return decoded
			}
		}
		return value
	}
	_, rest, _ := strings.Cut("&"+w.query, "&"+name+"="+value)
	var own strings.Builder
	own.WriteString(value)
	for parameter := range strings.SplitSeq(strings.TrimPrefix(rest, "&"), "&") {
		key, _, _ := strings.Cut(parameter, "=")
		if parameter != "" && !wrappersOwn[strings.ToLower(key)] {
			own.WriteString("&" + parameter)
		}
	}
	return own.String() + w.fragment
}

// wrappersOwn are parameters that belong to wrappers.
var wrappersOwn = words(`sa usg ust ved source ct cd rct ei opi cad esrc bvm sig h hash w width height quality fit crop fm token
	data sdata reserved ts timestamp signature expires s e cb nocache`)

// inWholeQuery takes the query as the address.
func inWholeQuery(w *wrapping, _ string) (string, bool) {
	return absoluteInner(w.query + w.fragment)
}

// inQuery is the form of proxies that take all their query as the address.
func inQuery(w *wrapping) (string, bool) {
	if name, _, found := strings.Cut(w.query, "="); found && !strings.ContainsAny(name, ":%") {
		return "", false
	}
	inner, ok := absoluteInner(w.query + w.fragment)
	if !ok {
		return "", false
	}
	last := lastSegment(w.path)
	if last == "" || wrapperWords[last] || w.kind != toPage && len(last) < 12 {
		return inner, true
	}
	return "", false
}

// inParameter is the form of redirectors and proxies that take the address as
// one of their parameters: their path, or their host when it has none, says
// what they are.
func inParameter(w *wrapping) (string, bool) {
	if !strings.Contains(w.query, "=") {
		return "", false
	}
	last := lastSegment(w.path)
	says := wrapperWords[last] || last == "" && hostSays(w.host, wrapperWords)
	shows := imageWords[last] || hostSays(w.host, imageWords)
	for parameter := range strings.SplitSeq(w.query, "&") {
		key, value, found := strings.Cut(strings.TrimPrefix(parameter, "amp;"), "=")
		if !found || len(value) < 10 || !carriers[strings.ToLower(key)] {
			continue
		}
		inner, ok := absoluteInner(w.whole(key, value))
		if !ok {
			if inner, ok = inBase64(value); !ok {
				continue
			}
		}
		picture := pictureName(inner)
		if says && (w.kind != toImage || picture || shows || wrapperWords[last]) || picture && (w.kind == toImage || shows) {
			return inner, true
		}
	}
	if w.kind == toImage && (last == "image" || last == "images" || last == "ipx") { // a site's own resizer takes a path
		if value, found := w.value("url"); found && strings.HasPrefix(strings.ToUpper(value), "%2F") && !strings.HasPrefix(strings.ToUpper(value), "%2F%2F") {
			if path, err := url.PathUnescape(value); err == nil && pictureName(path) {
				if w.host == "" { // on the source's own host
					return path, true
				}
				return "https://" + w.host + path, true
			}
		}
	}
	return "", false
}

// carriers are parameters that carry addresses.
var carriers = words(`url u q to target dest destination redirect redirect_url redirecturl redirect_to redir link href goto go out src uri
	murl ued z r rurl rl l t uddg imgurl img image image_url imageurl img_url source_url file path site page address ziel lien enlace a
	external ext location loc jump pfurl toasturl e d`)

// wrapperWords say by a path's last segment, or by a host's label, that what
// stands there only leads on.
var wrapperWords = words(`url out go goto redirect redirector redir redirection away l.php link-out linkout click clicks exit leave leaving jump
	external ext extern outgoing outbound outlink out.php go.php redirect.php redir.php click.php link.php url.php exit.php away.php jump.php goto.php
	r rd rdr lnk track tracker clicktrack click-tracker linkfilter link2 gotolink weiterleitung sortie salida saida perehod cors corsproxy
	cors-proxy cors-anywhere proxy proxy.php webproxy imgproxy image-proxy imageproxy mediaproxy media-proxy safelinks safelink safe-link linkredirect
	ampviewer viewer.html deref dereferer derefer anonym anonymous referer links lm tolink interstitial redirect.aspx redirect.html
	link visit open target redirect-to external-link externallink external_link clickthru clickthrough ck.php adclick redirector.php
	redirect.cgi goto.aspx jump.html transfer middlem.html cache cache.aspx linkto link-to gotourl go-to redirect.asp goto.asp sortir
	out.html go.html leave.html warning linkwarning confirmation unfurl`)

// imageWords say so of what shows a picture.
var imageWords = words(`image images img imgs resize resizer thumb thumbs thumbnail thumbnails imgproxy image-proxy imageproxy proxy picture
	pictures photo photos crop timthumb.php thumb.php image.php img.php resize.php cdn fetch raw get_image getimage _image _next images.php unsafe imagecache
	image-resize optimizer optimize img-proxy mediaproxy media render cors corsproxy cors-proxy`)

func lastSegment(path string) string {
	path = strings.TrimRight(path, "/")
	return strings.ToLower(path[strings.LastIndexByte(path, '/')+1:])
}

// hostSays reports whether a label of a host is one of some words.
func hostSays(host string, words map[string]bool) bool {
	for label := range strings.SplitSeq(host, ".") {
		if words[label] && strings.Contains(host, label+".") {
			return true
		}
	}
	return false
}

// functional reports whether what stands at an address works on the address
// that it is given: it shares, checks, translates, or asks who is there.
func functional(w *wrapping) bool {
	for segment := range strings.FieldsFuncSeq(strings.ToLower(w.path), func(r rune) bool { return r == '/' }) {
		if strings.Contains(segment, ":") || strings.Contains(segment, "%3a") {
			return false // the wrapped address begins
		}
		if functions[segment] || functions[strings.TrimSuffix(segment, ".php")] {
			return true
		}
	}
	first, _, _ := strings.Cut(w.host, ".")
	return functions[first]
}

var functions = words(`login signin sign-in signup register auth authorize oauth oauth2 sso logout account accounts share sharer sharing intent tweet
	submit submitlink save bookmark bookmarks add subscribe unsubscribe validate validator check checker checklink translate translator
	search oembed embed embedly print pdf qr qrcode qr-code chart screenshot screenshots whois lookup report analyze analyse test tester debug debugger cite compare
	diff preview archive archives wayback comment comments widget plugins send forward email mail mailto pin pinterest wiki rss feed feeds
	opml discover webmention pingback trackback callback webhook monitor status pagespeed speed seo tools tool api graphql
	convert converter shorten shortener create new edit post compose`)

// inPath is the form of proxies that put the address behind a slash.
func inPath(w *wrapping) (string, bool) {
	lower := strings.ToLower(w.path)
	at := -1
	for _, mark := range []string{"/http:/", "/https:/", "/http%3a", "/https%3a", "/http%253a", "/https%253a", "/http/", "/https/"} {
		if i := strings.Index(lower, mark); i >= 0 && (at < 0 || i < at) {
			at = i
		}
	}
	if at < 0 || !leadsOn(w, lower[:at]) {
		return "", false
	}
	rest := w.path[at+1:]
	if scheme, host, found := strings.Cut(rest, "/"); found && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")) {
		name, path, _ := strings.Cut(host, "/")
		if !isHostname(name) || lower[:at] == "" && !strings.HasPrefix(name, "www.") && (!hostSays(w.host, wrapperWords) || path == "") {
			return "", false
		}
		rest = scheme + "://" + host
	}
	if strings.HasSuffix(lower[:at], "/plain") {
		rest = withoutFormat(rest)
	}
	if w.query != "" && strings.Contains(rest, ":/") {
		rest += "?" + w.query
	}
	return absoluteInner(rest + w.fragment)
}

// leadsOn reports whether the path before a wrapped address, or the host when
// there is none, is that of a wrapper.
func leadsOn(w *wrapping, before string) bool {
	if before == "" {
		return !hostSays(w.host, functions) && !strings.HasPrefix(w.host, "archive.") && !strings.HasPrefix(w.host, "web.")
	}
	if hostSays(w.host, wrapperWords) || w.kind != toPage && hostSays(w.host, imageWords) {
		return true
	}
	for segment := range strings.FieldsFuncSeq(before, func(r rune) bool { return r == '/' }) {
		if wrapperWords[segment] || imageWords[segment] && w.kind != toPage || segment == "cdn-cgi" || segment == "ipx" || segment == "plain" {
			return true
		}
	}
	return false
}
