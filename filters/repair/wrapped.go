package repair

import (
	"encoding/base64"
	"encoding/hex"
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
		!strings.Contains(w.query, "//") && !strings.Contains(strings.ToLower(w.path+w.query), "http") {
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

// redirector is a wrapper that is known by its host and path.
type redirector struct {
	host       string // and its subdomains; "google." is google in all countries
	path       string // how it begins, lower case
	parameters string // that hold the address, divided by spaces
	take       func(w *wrapping, parameters string) (string, bool)
}

// redirectors are wrappers whose purpose is known. Others are told by their
// form.
var redirectors = []redirector{
	{"google.", "/url", "q url", parameter},
	{"google.", "/imgres", "imgurl", parameter},
	{"google.", "/amp/", "", ampPath},
	{"webcache.googleusercontent.com", "/search", "q", cached},
	{"focus-opensocial.googleusercontent.com", "/gadgets/proxy", "url", parameter},
	{"cdn.ampproject.org", "/", "", ampPath},
	{"bing-amp.com", "/", "", ampPath},
	{"bing.com", "/amp/", "", ampPath},
	{"bing.com", "/ck/a", "u", encoded},
	{"facebook.com", "/l.php", "u", parameter},
	{"l.facebook.com", "/", "u", parameter},
	{"lm.facebook.com", "/", "u", parameter},
	{"l.instagram.com", "/", "u", parameter},
	{"l.messenger.com", "/", "u", parameter},
	{"l.threads.com", "/", "u", parameter},
	{"l.threads.net", "/", "u", parameter},
	{"safelinks.protection.outlook.com", "/", "url", parameter},
	{"statics.teams.cdn.office.net", "/evergreen-assets/safelinks/", "url", parameter},
	{"urldefense.com", "/v3/__", "", defended},
	{"urldefense.us", "/v3/__", "", defended},
	{"urldefense.proofpoint.com", "/", "u", defendedBefore},
	{"urldefense.com", "/v2/", "u", defendedBefore},
	{"linkprotect.cudasvc.com", "/url", "a", parameter},
	{"out.reddit.com", "/", "url", parameter},
	{"reddit.com", "/media", "url", parameter},
	{"vk.com", "/away.php", "to", parameter},
	{"vk.ru", "/away.php", "to", parameter},
	{"ok.ru", "/dk", "st.link", parameter},
	{"weibo.cn", "/sinaurl", "u toasturl", parameter},
	{"weibo.com", "/sinaurl", "u", parameter},
	{"link.zhihu.com", "/", "target", parameter},
	{"link.juejin.cn", "/", "target", parameter},
	{"link.csdn.net", "/", "target", parameter},
	{"jianshu.com", "/go-wild", "url", parameter},
	{"link.jianshu.com", "/", "t", parameter},
	{"c.pc.qq.com", "/", "pfurl url", parameter},
	{"douban.com", "/link2", "url", parameter},
	{"gitee.com", "/link", "target", parameter},
	{"oschina.net", "/action/gotolink", "url", parameter},
	{"r.search.yahoo.com", "/", "", yahoo},
	{"search.yahoo.co.jp", "/", "", yahoo},
	{"rd.yahoo.com", "/", "", starred},
	{"rd.yahoo.co.jp", "/", "", starred},
	{"duckduckgo.com", "/l/", "uddg", parameter},
	{"duckduckgo.com", "/iu/", "u", parameter},
	{"proxy.duckduckgo.com", "/", "u image_host", parameter},
	{"youtube.com", "/redirect", "q", parameter},
	{"youtube.com", "/attribution_link", "u", onSameHost},
	{"steamcommunity.com", "/linkfilter", "url u", parameter},
	{"deviantart.com", "/users/outgoing", "", inWholeQuery},
	{"t.umblr.com", "/redirect", "z", parameter},
	{"href.li", "/", "", inWholeQuery},
	{"anonym.to", "/", "", inWholeQuery},
	{"nullrefer.com", "/", "", inWholeQuery},
	{"dereferer.me", "/", "", inWholeQuery},
	{"disq.us", "/url", "url", disqus},
	{"exit.sc", "/", "url", parameter},
	{"medium.com", "/r/", "url", parameter},
	{"linkedin.com", "/redir/", "url", parameter},
	{"linkedin.com", "/safety/go", "url", parameter},
	{"slack-redir.net", "/link", "url", parameter},
	{"slack-imgs.com", "/", "url", parameter},
	{"telegram.me", "/iv", "url", parameter},
	{"t.me", "/iv", "url", parameter},
	{"go.redirectingat.com", "/", "url", parameter},
	{"redirectingat.com", "/", "url", parameter},
	{"skimresources.com", "/", "url", parameter},
	{"viglink.com", "/", "u", parameter},
	{"linksynergy.com", "/", "murl", parameter},
	{"awin1.com", "/", "ued p", parameter},
	{"shareasale.com", "/", "urllink", parameter},
	{"pxf.io", "/", "u", parameter},
	{"sjv.io", "/", "u", parameter},
	{"dpbolvw.net", "/", "url", parameter},
	{"anrdoezrs.net", "/", "url", parameter},
	{"jdoqocy.com", "/", "url", parameter},
	{"kqzyfj.com", "/", "url", parameter},
	{"tkqlhce.com", "/", "url", parameter},
	{"digidip.net", "/", "url", parameter},
	{"getpocket.com", "/redirect", "url", parameter},
	{"feedly.com", "/i/entry/http", "", absolutePath},
	{"news.google.com", "/", "url", parameter},
	{"news.google.com", "/rss/articles/", "", googleNews},
	{"news.google.com", "/articles/", "", googleNews},
	{"apple.news", "/", "url", parameter},
	{"smartnews.com", "/r", "url", parameter},
	{"flipboard.com", "/redirect", "url v", parameter},
	{"i0.wp.com", "/", "", photon},
	{"i1.wp.com", "/", "", photon},
	{"i2.wp.com", "/", "", photon},
	{"i3.wp.com", "/", "", photon},
	{"wsrv.nl", "/", "url", photo},
	{"images.weserv.nl", "/", "url", photo},
	{"cdn.statically.io", "/img/", "", photon},
	{"camo.githubusercontent.com", "/", "", camo},
	{"res.cloudinary.com", "/", "", absolutePath},
	{"substackcdn.com", "/image/fetch/", "", absolutePath},
	{"r.jina.ai", "/", "", absolutePath},
	{"12ft.io", "/", "q", parameter},
	{"allorigins.win", "/", "url", parameter},
	{"web.archive.org", "/web/", "", archived},
	{"podtrac.com", "/redirect.", "", prefixed},
	{"dts.podtrac.com", "/", "", prefixed},
	{"chtbl.com", "/track/", "", prefixed},
	{"chrt.fm", "/track/", "", prefixed},
	{"pdst.fm", "/e/", "", prefixed},
	{"op3.dev", "/e", "", prefixed},
	{"mgln.ai", "/e/", "", prefixed},
	{"prfx.byspotify.com", "/e/", "", prefixed},
	{"podscribe.com", "/", "", prefixed},
	{"claritaspod.com", "/measure/", "", prefixed},
	{"pscrb.fm", "/rss/p/", "", prefixed},
	{"swap.fm", "/track/", "", prefixed},
	{"arttrk.com", "/p/", "", prefixed},
	{"gum.fm", "/s/", "", prefixed},
	{"pfx.vpixl.com", "/", "", prefixed},
	{"tracking.swap.fm", "/track/", "", prefixed},
}

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
			continue
		}
		picture := pictureName(inner)
		if says && (w.kind != toImage || picture || shows || wrapperWords[last]) || picture && (w.kind == toImage || shows) {
			return inner, true
		}
	}
	if w.kind == toImage && (last == "image" || last == "images" || last == "ipx") { // a site's own resizer takes a path
		if value, found := w.value("url"); found && strings.HasPrefix(strings.ToUpper(value), "%2F") && !strings.HasPrefix(strings.ToUpper(value), "%2F%2F") {
			if path, err := url.PathUnescape(value); err == nil && pictureName(path) && w.host != "" {
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

// inAMP is the form of AMP viewers: /amp/s/HOST/PATH.
func inAMP(w *wrapping) (string, bool) {
	if !strings.HasPrefix(w.path, "/amp/s/") {
		return "", false
	}
	return ampPath(w, "")
}

// ampPath takes the address from the path of an AMP cache: a letter for the
// kind, "s" for https, host and path.
func ampPath(w *wrapping, _ string) (string, bool) {
	scheme, rest := "http", strings.TrimPrefix(w.path, "/")
	for segment, more, found := strings.Cut(rest, "/"); found; segment, more, found = strings.Cut(rest, "/") {
		if segment == "s" {
			scheme = "https"
		} else if len(segment) != 1 && segment != "amp" && segment != "ii" && segment != "wp" {
			break
		}
		rest = more
	}
	host, _, _ := strings.Cut(rest, "/")
	if !isHostname(host) {
		return "", false
	}
	inner := scheme + "://" + rest
	query := w.query
	for _, own := range []string{"amp_js_v", "amp_gsa", "usqp", "amp_r", "amp_kit"} {
		query = withoutParameter(query, own)
	}
	if query != "" {
		inner += "?" + query
	}
	if strings.HasPrefix(w.fragment, "#aoh=") || strings.HasPrefix(w.fragment, "#referrer=") || strings.HasPrefix(w.fragment, "#amp_") {
		return inner, true
	}
	return inner + w.fragment, true
}

func withoutParameter(query, name string) string {
	var kept []string
	for parameter := range strings.SplitSeq(query, "&") {
		if key, _, _ := strings.Cut(parameter, "="); key != name && parameter != "" {
			kept = append(kept, parameter)
		}
	}
	return strings.Join(kept, "&")
}

// cached takes the address from "cache:ID:ADDRESS+words".
func cached(w *wrapping, name string) (string, bool) {
	value, _ := w.value(name)
	decoded, err := url.QueryUnescape(value)
	if err != nil || !strings.HasPrefix(decoded, "cache:") {
		return "", false
	}
	decoded, _, _ = strings.Cut(decoded[len("cache:"):], " ")
	if i := strings.Index(decoded, "http"); i >= 0 {
		return absoluteInner(decoded[i:])
	}
	if i := strings.LastIndexByte(decoded, ':'); i >= 0 {
		decoded = decoded[i+1:]
	}
	return absoluteInner("http://" + decoded)
}

// encoded takes the address from a value like "a1aHR0cHM6Ly9…".
func encoded(w *wrapping, name string) (string, bool) {
	value, _ := w.value(name)
	if len(value) < 12 {
		return "", false
	}
	decoded, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(value[2:], "="))
	if err != nil {
		return "", false
	}
	return absoluteInner(string(decoded))
}

// googleNews takes the address from the older ids of Google News, which hold
// it in base64; the newer ones can't be read without asking.
func googleNews(w *wrapping, _ string) (string, bool) {
	id := w.path[strings.LastIndexByte(w.path, '/')+1:]
	decoded, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(id, "="))
	if err != nil {
		return "", false
	}
	start := strings.Index(string(decoded), "http")
	if start < 0 {
		return "", false
	}
	end := start
	for end < len(decoded) && decoded[end] > ' ' && decoded[end] < 0x7f {
		end++
	}
	return absoluteInner(string(decoded[start:end]))
}

// defended takes the address from /v3/__ADDRESS__;….
func defended(w *wrapping, _ string) (string, bool) {
	value, rest, found := strings.Cut(strings.TrimPrefix(w.path, "/v3/__"), "__;")
	if !found {
		return "", false
	}
	if w.query != "" && rest == "" {
		return "", false
	}
	if strings.Contains(value, "*") { // characters that were taken out stand in base64 behind
		return "", false
	}
	return absoluteInner(value)
}

// defendedBefore takes the address from u=https-3A__host_path.
func defendedBefore(w *wrapping, name string) (string, bool) {
	value, _ := w.value(name)
	return absoluteInner(strings.NewReplacer("-", "%", "_", "/").Replace(value))
}

// yahoo takes the address from /RU=ADDRESS/RK=….
func yahoo(w *wrapping, _ string) (string, bool) {
	_, value, found := strings.Cut(w.path, "/RU=")
	if !found {
		return "", false
	}
	value, _, _ = strings.Cut(value, "/")
	return absoluteInner(value)
}

// starred takes the address behind an asterisk.
func starred(w *wrapping, _ string) (string, bool) {
	_, value, found := strings.Cut(w.path, "*")
	if !found {
		return "", false
	}
	value = strings.TrimPrefix(value, "-")
	if w.query != "" {
		value += "?" + w.query
	}
	return absoluteInner(value)
}

// onSameHost takes a path from a parameter.
func onSameHost(w *wrapping, name string) (string, bool) {
	value, _ := w.value(name)
	path, err := url.PathUnescape(value)
	if err != nil || !strings.HasPrefix(path, "/") {
		return "", false
	}
	return "https://www." + w.host + path, true
}

// disqus takes the address from url=ADDRESS:checksum.
func disqus(w *wrapping, name string) (string, bool) {
	inner, ok := parameter(w, name)
	if !ok {
		return "", false
	}
	if i := strings.LastIndexByte(inner, ':'); i > 8 {
		inner = inner[:i]
	}
	return inner, true
}

// absolutePath takes the address that stands whole in the path.
func absolutePath(w *wrapping, _ string) (string, bool) {
	lower := strings.ToLower(w.path)
	at := strings.Index(lower, "/http")
	if at < 0 {
		return "", false
	}
	rest := w.path[at+1:]
	if w.query != "" && strings.Contains(rest, ":/") {
		rest += "?" + w.query
	}
	return absoluteInner(rest)
}

// photon takes host and path of a picture from the path.
func photon(w *wrapping, _ string) (string, bool) {
	rest := strings.TrimPrefix(strings.TrimPrefix(w.path, "/img"), "/")
	host, path, found := strings.Cut(rest, "/")
	if !found || !isHostname(host) || path == "" {
		return "", false
	}
	if options, more, found := strings.Cut(path, "/"); found && (strings.Contains(options, ",") || strings.Contains(options, "=")) {
		path = more
	}
	return "https://" + host + "/" + path, true
}

// photo takes a picture's address, mostly without scheme, from a parameter.
func photo(w *wrapping, name string) (string, bool) {
	if inner, ok := parameter(w, name); ok {
		return inner, true
	}
	value, _ := w.value(name)
	decoded, err := url.PathUnescape(value)
	if err != nil {
		return "", false
	}
	decoded = strings.TrimPrefix(decoded, "ssl:")
	host, path, found := strings.Cut(decoded, "/")
	if !found || !isHostname(host) || path == "" {
		return "", false
	}
	return "https://" + decoded, true
}

// camo takes the address from hexadecimal digits.
func camo(w *wrapping, _ string) (string, bool) {
	decoded, err := hex.DecodeString(lastSegment(w.path))
	if err != nil {
		return "", false
	}
	return absoluteInner(string(decoded))
}

// archived takes the address from an archive's copy. A link in the text that
// leads to an archive does so on purpose.
func archived(w *wrapping, _ string) (string, bool) {
	if w.kind == toPage {
		return "", false
	}
	inner, ok := absolutePath(w, "")
	return inner, ok
}

// prefixed takes the address of a file from behind services that count its
// listeners: the first segment that is the name of a host.
func prefixed(w *wrapping, _ string) (string, bool) {
	if w.kind != toFile {
		return "", false
	}
	rest := strings.TrimPrefix(w.path, "/")
	for segment, more, found := strings.Cut(rest, "/"); found; segment, more, found = strings.Cut(rest, "/") {
		if dot := strings.LastIndexByte(segment, '.'); dot > 0 && isHostname(segment) && !strings.HasPrefix(segment, "redirect.") && more != "" {
			inner := "https://" + rest
			if w.query != "" {
				inner += "?" + w.query
			}
			return inner, true
		}
		if strings.HasPrefix(segment, "http") {
			return absolutePath(w, "")
		}
		rest = more
	}
	return "", false
}
