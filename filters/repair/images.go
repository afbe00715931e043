package repair

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// images gives every picture the address it is to be had from without the
// page's scripts, and takes away what isn't a picture: placeholders and pixels
// that count readers.
func (p *page) images() {
	p.showNoscript()
	for n := p.body.FirstChild; n != nil; {
		following := next(p.body, n, true)
		if n.Type == html.ElementNode {
			switch n.DataAtom {
			case atom.Img:
				following = p.image(n)
			case atom.Source, atom.Iframe, atom.Video, atom.Audio:
				p.lazySource(n)
			case atom.A:
			default:
				if n.Data == "amp-img" || n.Data == "amp-anim" {
					n.DataAtom, n.Data = atom.Img, "img"
					following = p.image(n)
				}
			}
		}
		n = following
	}
}

// showNoscript puts the pictures that noscript holds in the place of those
// that need scripts.
func (p *page) showNoscript() {
	for n := p.body.FirstChild; n != nil; {
		following := next(p.body, n, true)
		if n.DataAtom == atom.Noscript && n.Type == html.ElementNode {
			following = next(p.body, n, false)
			p.fallback(n)
		}
		n = following
	}
}

// fallback decides on what one noscript holds.
func (p *page) fallback(noscript *html.Node) {
	var fallback *html.Node
	for c := noscript.FirstChild; c != nil; c = next(noscript, c, true) {
		if c.DataAtom == atom.Img {
			fallback = c
			break
		}
	}
	if fallback == nil || pixel(fallback) || placeholder(attribute(fallback, "src")) {
		return // litter's to take away
	}
	lazy := pictureBeside(noscript)
	switch {
	case lazy == nil:
		p.note("body", "", attribute(fallback, "src"))
		unwrap(noscript)
		return
	case p.lazyAddress(lazy) == "" && placeholder(attribute(lazy, "src")) && attribute(lazy, "srcset") == "":
		p.note("body", attribute(lazy, "src"), attribute(fallback, "src"))
		for _, a := range fallback.Attr {
			switch a.Key {
			case "src", "srcset", "sizes", "alt", "width", "height", "title":
				setAttribute(lazy, a.Key, a.Val)
			}
		}
	}
	noscript.Parent.RemoveChild(noscript)
}

// pictureBeside returns the picture that a noscript element stands in for: the
// nearest one before or after it with nothing but white space between.
func pictureBeside(noscript *html.Node) *html.Node {
	for _, step := range []func(*html.Node) *html.Node{
		func(n *html.Node) *html.Node { return n.PrevSibling },
		func(n *html.Node) *html.Node { return n.NextSibling },
	} {
		n := step(noscript)
		for n != nil && (n.Type == html.CommentNode || n.Type == html.TextNode && strings.TrimSpace(n.Data) == "") {
			n = step(n)
		}
		if found := solePicture(n); found != nil && needsScript(found) {
			return found
		}
	}
	return nil
}

// solePicture returns the picture that an element is or holds alone.
func solePicture(n *html.Node) *html.Node {
	if n == nil || n.Type != html.ElementNode {
		return nil
	}
	var found *html.Node
	for c := n; c != nil; c = next(n, c, true) {
		switch {
		case c.DataAtom == atom.Img && found != nil, c.Type == html.TextNode && strings.TrimSpace(c.Data) != "":
			return nil
		case c.DataAtom == atom.Img:
			found = c
		}
	}
	return found
}

// needsScript reports whether a picture is shown by its page's scripts.
func needsScript(img *html.Node) bool {
	if placeholder(attribute(img, "src")) {
		return true
	}
	for _, a := range img.Attr {
		if lazyStrong[a.Key] || a.Key == "data-srcset" || a.Key == "data-lazy-srcset" || a.Key == "class" && strings.Contains(strings.ToLower(a.Val), "lazy") {
			return true
		}
	}
	return false
}

// image mends one picture and returns the node to go on with.
func (p *page) image(n *html.Node) *html.Node {
	following := next(p.body, n, false)
	if pixel(n) {
		p.note("body", attribute(n, "src"), "")
		removeWithWrapper(n)
		return following
	}
	p.lazySource(n)
	if placeholder(attribute(n, "src")) {
		if c, ok := best(pictureCandidates(n)); ok {
			p.note("body", attribute(n, "src"), c.url)
			setAttribute(n, "src", c.url)
		}
	}
	if placeholder(attribute(n, "src")) {
		if p.plainlyLinked(n) {
			return following
		}
		p.note("body", attribute(n, "src"), "")
		following = next(p.body, n, false)
		removeWithWrapper(n)
		return following
	}
	takeSize(n)
	return following
}

// plainlyLinked takes a picture's address from the link around it, when that
// leads to a picture.
func (p *page) plainlyLinked(n *html.Node) bool {
	if n.Parent.DataAtom != atom.A {
		return false
	}
	href := strings.TrimSpace(attribute(n.Parent, "href"))
	if !pictureName(href) || placeholder(href) {
		return false
	}
	p.note("body", attribute(n, "src"), href)
	setAttribute(n, "src", href)
	return true
}

// lazySource gives an element the address that a script would have given it.
func (p *page) lazySource(n *html.Node) {
	src := attribute(n, "src")
	if lazy := p.lazyAddress(n); lazy != "" && (n.DataAtom != atom.Source || n.Parent.DataAtom != atom.Picture) && strings.TrimSpace(lazy) != strings.TrimSpace(src) {
		p.note("body", src, lazy)
		if n.DataAtom == atom.Img && strings.Contains(src, lazy) {
			// Its own host refuses readers that come from elsewhere; that is
			// what the proxy was for.
			setAttribute(n, "referrerpolicy", "no-referrer")
		}
		setAttribute(n, "src", lazy)
	}
	for _, key := range []string{"data-srcset", "data-lazy-srcset", "data-original-set", "data-src-set", "lazy-srcset", "data-cfsrcset", "nitro-lazy-srcset"} {
		if set := strings.TrimSpace(attribute(n, key)); set != "" && !strings.Contains(set, "{") {
			if candidates := parseSrcset(set); len(candidates) > 0 {
				setAttribute(n, "srcset", formatSrcset(candidates))
			}
		}
	}
	if set := attribute(n, "srcset"); set != "" {
		candidates := parseSrcset(set)
		kept := candidates[:0]
		for _, c := range candidates {
			if !placeholder(c.url) {
				kept = append(kept, c)
			}
		}
		switch {
		case len(kept) == 0:
			dropAttribute(n, "srcset")
		case len(kept) < len(candidates):
			setAttribute(n, "srcset", formatSrcset(kept))
		}
	}
}

// pictureCandidates are all that srcset attributes offer for a picture.
func pictureCandidates(n *html.Node) []candidate {
	candidates := parseSrcset(attribute(n, "srcset"))
	if picture := n.Parent; picture.DataAtom == atom.Picture {
		for c := picture.FirstChild; c != nil; c = c.NextSibling {
			if c.DataAtom == atom.Source && len(candidates) == 0 && !modern(attribute(c, "type")) {
				candidates = parseSrcset(attribute(c, "srcset"))
			}
		}
		for c := picture.FirstChild; c != nil && len(candidates) == 0; c = c.NextSibling {
			if c.DataAtom == atom.Source {
				candidates = parseSrcset(attribute(c, "srcset"))
			}
		}
	}
	return candidates
}

// modern reports whether not every reader can show a type of picture.
func modern(mediaType string) bool {
	switch mediaType {
	case "image/webp", "image/avif", "image/jxl", "image/heic":
		return true
	}
	return false
}

// lazyStrong are the attributes from which scripts take a picture's address.
var lazyStrong = words(`
	data-src data-original data-lazy-src data-lazy data-lazyload data-lazy-original data-actualsrc data-actual-src data-origin-src
	data-original-src data-origin data-img-src data-image-src data-echo data-cfsrc data-ezsrc data-opt-src data-pagespeed-lazy-src
	data-pagespeed-high-res-src data-flickity-lazyload data-splide-lazy data-runner-src data-croporisrc data-backsrc data-delayed-url
	data-defer-src data-deferred-src data-async-src data-raw-src data-rw-src data-real-src data-realsrc data-wpfc-original-src data-sf-src
	data-smart-src data-gt-lazy-src data-srclazy data-lzl-src data-hi-res-src data-hires data-high-res-src data-full-src data-srcs
	data-td-img-url data-echo-src data-layzr data-unveil data-url-src data-nsrc data-breeze data-orig-src data-retina-src
	nitro-lazy-src lazy-src lazysrc lazyload-src real_src realsrc real-src loadsrc load-src original origin-src _src ess-data data-ks-lazyload
	data-lazyload-src data-lazy-load-src data-loadsrc data-bgset-src data-holder-src data-vendor-src data-dt-lazy-src
`)

// lazyWeak are attributes that may hold a picture's address or another one:
// they are asked only when there is none else.
var lazyWeak = words(`
	data-url data-img data-image data-source data-file file zoomfile data-orig-file data-large-file data-medium-file data-full-url data-path
	data-big data-large data-zoom-image data-zoom-src data-highres data-hero data-pin-media data-mediasrc data-thumb data-thumbnail data-li-src
	data-bg data-background data-background-image src2 hi-src data-fallback-src data-image-url data-img-url data-default-src data-at2x data-2x
`)

// words makes a set of the words of a list.
func words(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}

// lazyAddress returns the address that scripts would give an element, or "".
func (p *page) lazyAddress(n *html.Node) string {
	missing := placeholder(attribute(n, "src"))
	weak, guessed := "", ""
	for _, a := range n.Attr {
		if a.Val == "" {
			continue
		}
		switch {
		case lazyStrong[a.Key]:
			if plausible(a.Val, missing) {
				return strings.TrimSpace(a.Val)
			}
		case !missing:
		case lazyWeak[a.Key]:
			if weak == "" && plausible(a.Val, true) {
				weak = strings.TrimSpace(a.Val)
			}
		case guessed == "" && promising(a.Key) && pictureName(a.Val) && plausible(a.Val, false):
			guessed = strings.TrimSpace(a.Val)
		}
	}
	if weak == "" {
		weak = guessed
	}
	return weak
}

// promising reports whether an attribute that no table knows may hold a
// picture's address.
func promising(key string) bool {
	switch {
	case key == "src", strings.Contains(key, "srcset"), key == "alt", key == "title", key == "class", key == "id", key == "style", strings.HasPrefix(key, "on"),
		strings.Contains(key, "placeholder"), strings.Contains(key, "low"), strings.Contains(key, "link"), strings.Contains(key, "share"),
		strings.Contains(key, "avatar"), strings.Contains(key, "icon"), strings.Contains(key, "logo"), strings.Contains(key, "caption"):
		return false
	}
	return true
}

// plausible reports whether a value can be the address of a picture; a
// relative one without a slash only where it is the only hope.
func plausible(value string, only bool) bool {
	value = strings.TrimSpace(value)
	if value == "" || len(value) > 4000 || strings.ContainsAny(value, "{}<>\"") || placeholder(value) {
		return false
	}
	if hasScheme(value) {
		return strings.HasPrefix(strings.ToLower(value), "http")
	}
	if strings.ContainsAny(value, " \t\n") {
		return false
	}
	return strings.HasPrefix(value, "/") || strings.HasPrefix(value, "./") || strings.HasPrefix(value, "../") || pictureName(value) || only && strings.Contains(value, "/")
}

// pictureName reports whether an address ends like that of a picture.
func pictureName(address string) bool {
	address = strings.TrimSpace(address)
	if end := strings.IndexAny(address, "?#"); end >= 0 {
		address = address[:end]
	}
	dot := strings.LastIndexByte(address, '.')
	if dot < 0 || len(address)-dot > 6 {
		return false
	}
	switch strings.ToLower(address[dot+1:]) {
	case "jpg", "jpeg", "png", "gif", "webp", "avif", "bmp", "svg", "jxl", "heic", "jfif", "tif", "tiff":
		return true
	}
	return false
}

// placeholder reports whether an address isn't that of a picture to be seen:
// none at all, inline data, or a file that only keeps its place.
func placeholder(src string) bool {
	src = strings.TrimSpace(src)
	switch {
	case src == "", strings.HasPrefix(src, "#"), strings.EqualFold(src, "about:blank"), src == "null", src == "undefined", src == "//:0":
		return true
	case len(src) > 5 && strings.EqualFold(src[:5], "data:"), len(src) > 11 && strings.EqualFold(src[:11], "javascript:"),
		len(src) > 5 && strings.EqualFold(src[:5], "blob:"):
		return true
	}
	if end := strings.IndexAny(src, "?#"); end >= 0 {
		src = src[:end]
	}
	name := strings.ToLower(src[strings.LastIndexByte(src, '/')+1:])
	stem, extension, found := strings.Cut(name, ".")
	if !found {
		return false
	}
	photo := extension == "jpg" || extension == "jpeg" || extension == "webp"
	if !photo && extension != "gif" && extension != "png" && extension != "svg" {
		return false
	}
	if keepers[stem] || !photo && keepersAlone[stem] {
		return true
	}
	// "lazy-placeholder-600x400.png": every part of the name says so.
	keeps := false
	for part := range strings.FieldsFuncSeq(stem, func(r rune) bool { return r == '-' || r == '_' || r == '+' }) {
		if !keepers[part] && !keepersAlone[part] && !keeperParts[part] && !dimensions(part) {
			return false
		}
		keeps = keeps || keepers[part]
	}
	return keeps
}

// dimensions reports whether a part of a name is a number or two, as in
// "600x400".
func dimensions(s string) bool {
	for _, r := range s {
		if (r < '0' || r > '9') && r != 'x' {
			return false
		}
	}
	return true
}

// keepers are names of files that only keep a picture's place.
var keepers = words(`blank spacer placeholder transparent lazyload lazyloading lazyloader preloader loader placehold spinner 1x1 noimage
	noimg nopic imgloading defaultlazy transparentpixel blankimage blankimg onepixel`)

// keepersAlone are names that do so only when the whole name is one of them.
var keepersAlone = words(`pixel loading lazy preload grey gray dot clear empty trans transp 1px px shim nophoto whitedot s b t p`)

// keeperParts are words that may stand beside keepers in such a name.
var keeperParts = words(`image img pic picture photo thumb small large big square wide default bg background light dark icon gif white
	black ajax min svg no the for post article content`)

// pixel reports whether a picture counts readers instead of showing them
// something.
func pixel(n *html.Node) bool {
	width, height := attribute(n, "width"), attribute(n, "height")
	if tiny(width) && tiny(height) || width != "" && height != "" && (zero(width) || zero(height)) {
		return true
	}
	style := strings.ToLower(strings.ReplaceAll(attribute(n, "style"), " ", ""))
	if style != "" {
		if strings.Contains(style, "display:none") && !needsScript(n) || strings.Contains(style, "visibility:hidden") && !needsScript(n) {
			return true
		}
		w, h := declaration(style, "width"), declaration(style, "height")
		if tiny(w) && tiny(h) || tiny(width) && tiny(h) || tiny(w) && tiny(height) {
			return true
		}
	}
	if hasAttribute(n, "hidden") && !needsScript(n) {
		return true
	}
	src := strings.TrimSpace(attribute(n, "src"))
	return src != "" && tiny(orOne(width)) && tiny(orOne(height)) && p1x1(src)
}

func orOne(s string) string {
	if s == "" {
		return "1"
	}
	return s
}

// p1x1 reports whether an address names a counter by its form: a host or a
// file made for nothing else.
func p1x1(src string) bool {
	lower := strings.ToLower(src)
	_, rest, found := strings.Cut(lower, "//")
	if !found {
		return false
	}
	host, path, _ := strings.Cut(rest, "/")
	for _, counter := range counters {
		hostPart, pathPart, _ := strings.Cut(counter, "/")
		if (host == hostPart || strings.HasSuffix(host, "."+hostPart)) && strings.HasPrefix(path, pathPart) {
			return true
		}
	}
	path, query, _ := strings.Cut(path, "?")
	name := path[strings.LastIndexByte(path, '/')+1:]
	switch name {
	case "pixel.gif", "p.gif", "1x1.gif", "beacon.gif", "track.gif", "count.gif", "counter.gif", "hit.gif", "open.gif", "b.gif", "t.gif", "__utm.gif",
		"piwik.php", "matomo.php", "pixel.png", "tracking.gif", "stats.gif", "pv.gif":
		return query != "" || strings.HasPrefix(host, "px.") || strings.HasPrefix(host, "pixel.")
	}
	return false
}

// counters are services whose pictures only count: host, and how the path begins.
var counters = []string{
	"feedburner.com/~r/", "feedburner.com/~ff/", "feeds.feedburner.com/~", "pixel.wp.com/", "stats.wordpress.com/", "feedsportal.com/", "doubleclick.net/",
	"google-analytics.com/", "scorecardresearch.com/", "quantserve.com/", "statcounter.com/", "pixel.quantserve.com/", "vg07.met.vgwort.de/",
	"met.vgwort.de/", "ssl-vg03.met.vgwort.de/", "counter.yadro.ru/", "mc.yandex.ru/watch", "top-fwz1.mail.ru/counter", "ioam.de/", "xiti.com/",
	"atdmt.com/", "imrworldwide.com/", "chartbeat.net/", "pixel.newscred.com/", "hits.guardian.co.uk/", "mf.feeds.reuters.com/", "pheedo.com/",
	"feeds.wordpress.com/1.0/", "rss.buysellads.com/", "c.statcounter.com/", "facebook.com/tr", "bat.bing.com/", "hm.baidu.com/", "cnzz.com/",
	"list-manage.com/track/open", "mailchi.mp/track/open", "medium.com/_/stat", "follow.it/", "track.adform.net/", "sb.scorecardresearch.com/",
}

func tiny(s string) bool {
	s = strings.TrimSuffix(strings.TrimSpace(s), "px")
	switch s {
	case "0", "1", "2", "0.0", "1.0", "1.5", "01":
		return true
	}
	return false
}

func zero(s string) bool { return strings.TrimSuffix(strings.TrimSpace(s), "px") == "0" }

// declaration returns the value of a property of a style without white space.
func declaration(style, property string) string {
	for d := range strings.SplitSeq(style, ";") {
		if name, value, _ := strings.Cut(d, ":"); name == property {
			return value
		}
	}
	return ""
}

// takeSize takes a picture's size from where lazy loading keeps it.
func takeSize(n *html.Node) {
	for _, side := range []string{"width", "height"} {
		have := strings.TrimSuffix(strings.TrimSpace(attribute(n, side)), "px")
		if have == "" || !isNumber(have) {
			have = attribute(n, "data-"+side)
			if have == "" {
				have = attribute(n, "data-original-"+side)
			}
		}
		have = strings.TrimSuffix(strings.TrimSpace(have), "px")
		if digits(have) && len(have) <= 5 && have != "0" && have != attribute(n, side) {
			setAttribute(n, side, have)
		}
	}
}

// removeWithWrapper removes a picture, and the elements that held nothing else.
func removeWithWrapper(n *html.Node) {
	for {
		parent := n.Parent
		parent.RemoveChild(n)
		switch parent.DataAtom {
		case atom.A, atom.Picture, atom.Span, atom.Figure, atom.P, atom.Div, atom.Center:
		default:
			return
		}
		for c := parent.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode && c.DataAtom != atom.Source && c.DataAtom != atom.Br || c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" {
				return
			}
		}
		if parent.Parent == nil {
			return
		}
		n = parent
	}
}
