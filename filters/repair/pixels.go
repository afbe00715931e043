package repair

import (
	"strings"

	"golang.org/x/net/html"
)

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
var keepersAlone = words(`pixel loading lazy preload grey gray dot clear empty trans transp 1px px shim nophoto whitedot none nopicture s b t p`)

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
