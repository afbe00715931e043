package repair

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// renamed are elements that go out of use or aren't published, by what says
// the same.
var renamed = map[atom.Atom]atom.Atom{
	atom.Center: atom.Div, atom.Dir: atom.Ul, atom.Menu: atom.Ul, atom.Listing: atom.Pre, atom.Xmp: atom.Pre, atom.Plaintext: atom.Pre,
	atom.Fieldset: atom.Div, atom.Form: atom.Div, atom.Legend: atom.Div, atom.Dialog: atom.Div,
}

// replace puts what is published in place of an element that isn't: a link
// for an embedded player, text for a formula.
func (p *page) replace(n *html.Node) {
	if to, ok := renamed[n.DataAtom]; ok && n.Namespace == "" {
		n.DataAtom, n.Data, n.Attr = to, to.String(), nil
		return
	}
	switch n.DataAtom {
	case atom.Iframe, atom.Embed:
		p.replaceFrame(n, attribute(n, "src"))
	case atom.Object:
		address := attribute(n, "data")
		for c := n.FirstChild; c != nil && address == ""; c = c.NextSibling {
			if c.DataAtom == atom.Embed {
				address = attribute(c, "src")
			}
		}
		p.replaceFrame(n, address)
	case atom.Math:
		formula := attribute(n, "alttext")
		if formula == "" {
			formula = written(n)
		}
		become(n, atom.Code, formula)
	case atom.Button:
		if enclosing(n, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Summary) == nil {
			n.DataAtom, n.Data = atom.Input, "input"
		}
	}
}

// written returns the characters of a formula in their order.
func written(n *html.Node) string {
	var b strings.Builder
	for c := n; c != nil; c = next(n, c, c.Data != "annotation") {
		if c.Type == html.TextNode && b.Len() < 10_000 {
			b.WriteString(c.Data)
		}
	}
	return fold(b.String())
}

// become turns an element into one that holds only a text.
func become(n *html.Node, element atom.Atom, content string) {
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
	}
	n.DataAtom, n.Data, n.Namespace, n.Attr = element, element.String(), "", nil
	if content != "" {
		n.AppendChild(&html.Node{Type: html.TextNode, Data: content})
	}
}

// replaceFrame makes a link of a frame that shows a film, a sound, a map or a
// post; other frames go.
func (p *page) replaceFrame(n *html.Node, address string) {
	address = strings.TrimSpace(address)
	page, ok := embedded(address)
	if !ok {
		if address != "" {
			p.note("body", address, "")
		}
		return
	}
	title := fold(attribute(n, "title"))
	if title == "" {
		title = page
	}
	p.note("body", address, page)
	become(n, atom.A, title)
	n.Attr = []html.Attribute{{Key: "href", Val: page}}
	if n.Parent.DataAtom == atom.Body || n.Parent.DataAtom == atom.Div || n.Parent.DataAtom == atom.Figure {
		paragraph := &html.Node{Type: html.ElementNode, DataAtom: atom.P, Data: "p"}
		if n.Parent.DataAtom == atom.Figure {
			paragraph.DataAtom, paragraph.Data = atom.Div, "div"
		}
		link := &html.Node{Type: html.ElementNode, DataAtom: atom.A, Data: "a", Attr: n.Attr}
		link.AppendChild(&html.Node{Type: html.TextNode, Data: title})
		become(n, paragraph.DataAtom, "")
		n.AppendChild(link)
	}
}

// players are what is worth a link when it stands in a frame: the host, how
// the path of a frame begins, and how the page for people does; empty when the
// frame's own address is one.
var players = []struct{ host, frame, page string }{
	{"youtube.com", "/embed/", "https://www.youtube.com/watch?v="},
	{"youtube-nocookie.com", "/embed/", "https://www.youtube.com/watch?v="},
	{"youtube.com", "/v/", "https://www.youtube.com/watch?v="},
	{"player.vimeo.com", "/video/", "https://vimeo.com/"},
	{"dailymotion.com", "/embed/video/", "https://www.dailymotion.com/video/"},
	{"open.spotify.com", "/embed/", "https://open.spotify.com/"},
	{"embed.ted.com", "/talks/", "https://www.ted.com/talks/"},
	{"archive.org", "/embed/", "https://archive.org/details/"},
	{"embed.podcasts.apple.com", "/", "https://podcasts.apple.com/"},
	{"embed.music.apple.com", "/", "https://music.apple.com/"},
	{"rutube.ru", "/play/embed/", "https://rutube.ru/video/"},
	{"embed.nicovideo.jp", "/watch/", "https://www.nicovideo.jp/watch/"},
	{"player.youku.com", "/embed/", "https://v.youku.com/v_show/id_"},
	{"streamable.com", "/e/", "https://streamable.com/"},
	{"w.soundcloud.com", "/player", ""},
	{"bandcamp.com", "/EmbeddedPlayer", ""},
	{"player.bilibili.com", "/player.html", ""},
	{"vk.com", "/video_ext.php", ""},
	{"vkvideo.ru", "/video_ext.php", ""},
	{"ok.ru", "/videoembed/", "https://ok.ru/video/"},
	{"v.qq.com", "/", ""},
	{"player.twitch.tv", "/", ""},
	{"clips.twitch.tv", "/embed", ""},
	{"facebook.com", "/plugins/", ""},
	{"platform.twitter.com", "/embed/", ""},
	{"instagram.com", "/", ""},
	{"tiktok.com", "/embed", ""},
	{"google.com", "/maps", ""},
	{"maps.google.com", "/", ""},
	{"openstreetmap.org", "/export/embed", ""},
	{"datawrapper.dwcdn.net", "/", ""},
	{"flo.uri.sh", "/", ""},
	{"e.infogram.com", "/", "https://infogram.com/"},
	{"codepen.io", "/", ""},
	{"slideshare.net", "/slideshow/embed_code", ""},
	{"docs.google.com", "/", ""},
	{"drive.google.com", "/", ""},
	{"giphy.com", "/embed/", "https://giphy.com/gifs/"},
	{"megaphone.fm", "/", ""},
	{"libsyn.com", "/embed/", ""},
	{"anchor.fm", "/", ""},
	{"buzzsprout.com", "/", ""},
	{"acast.com", "/", ""},
	{"simplecast.com", "/", ""},
	{"player.fm", "/", ""},
	{"ivoox.com", "/", ""},
}

// embedded returns the page for people of what a frame shows.
func embedded(address string) (string, bool) {
	u, err := url.Parse(address)
	if err != nil || !isResource(tidyScheme(address)) {
		return "", false
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	if inner := u.Query().Get("url"); host == "w.soundcloud.com" && isResource(inner) && !strings.Contains(inner, "//api.") {
		return inner, true
	}
	if list := u.Query().Get("list"); strings.HasPrefix(host, "youtube") && u.Path == "/embed/videoseries" && list != "" {
		return "https://www.youtube.com/playlist?list=" + url.QueryEscape(list), true
	}
	for _, player := range players {
		if host != player.host && !strings.HasSuffix(host, "."+player.host) || !strings.HasPrefix(u.Path, player.frame) {
			continue
		}
		if player.page == "" {
			return address, true
		}
		id := strings.TrimSuffix(u.EscapedPath()[len(player.frame):], "/")
		if id == "" {
			return address, true
		}
		page := player.page + id
		if start := u.Query().Get("start"); strings.HasSuffix(player.page, "?v=") && digits(start) {
			page += "&t=" + start
		}
		return page, true
	}
	// PeerTube stands on hosts without number.
	if before, id, found := strings.Cut(address, "/videos/embed/"); found {
		return before + "/videos/watch/" + id, true
	}
	return "", false
}
