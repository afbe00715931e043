package repair

import (
	"strings"

	"golang.org/x/net/html"
)

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
