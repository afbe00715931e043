package repair

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"copydesk/filters/text"
)

// standing is what the markup of an element says of it.
type standing int

const (
	ordinary standing = iota
	// doubtful: its name is one that furniture bears, and other things too.
	doubtful
	// furnishing: its name is one that only furniture bears.
	furnishing
)

// furnishings are words of class names, ids and roles that only furniture
// bears. Words are what hyphens, underscores, digits and capitals divide.
var furnishings = set(`share sharing sharedaddy sharebar sharebox sharebuttons sharethis sharelinks sharer addthis addtoany a2a heateor sociable socialshare
	newsletter newsletters mailchimp mc4wp signup optin subscribe subscription subscribebox
	relatedposts relatedarticles relatedcontent relatednews relatedlinks yarpp jp-relatedposts crp outbrain taboola zergnet revcontent mgid
	recommend recommends recommended recommendation recommendations recirc recirculation
	readmore readalso morelink morestories
	qr qrcode qrwrap appqr
	cookie cookies gdpr consent cmp onetrust
	paywall piano regwall
	breadcrumb breadcrumbs pagination pager prevnext postnav
	authorbox authorbio authorinfo aboutauthor aboutauthors
	commentform commentlist respond disqus livefyre
	advert adverts advertisement advertising adsense adsbygoogle adslot adbox adunit dfp googlead
	feedflare printfriendly wpdiscuz likebtn donate donation patreon kofi
	cta nocontent clicktotweet tweetthis wpulike postlike shareaholic postratings essb ssba ssbp mashsb dpsp jetpacklikes
	optinmonster saboxplugin molongui abhbox backlink storenotice demostore
	screenreader srOnly sronly visuallyhidden`)

// doubtfulWords are borne by furniture and by other things.
var doubtfulWords = set(`social follow followus related similar popular trending also more reco suggested
	author bio byline editor editors credit credits standards standard copyright copy rights licence license legal disclaimer disclosure
	nl letter app apps download promo promotion sponsor sponsored banner ad ads
	tag tags tagcloud category categories topics keywords filed meta postmeta entrymeta stat stats views counter
	nav navigation menu footer foot bottom toolbar tools actions buttons button widget
	comment comments reply notice tip tips hint note feedback typo correction rating vote poll
	tg telegram whatsapp facebook twitter channel wechat weixin weibo line kakao
	source origin disclaim statement age print support pin pinit callout box teaser`)

// contents are words that say that an element holds the article, a part of
// it, or what was embedded on purpose.
var contents = set(`article content contents body text entry post story main embed embedded tweet player video audio gallery figure image
	photo caption quote blockquote security price prices holder holders data chart table media list page wrapper container section`)

// set makes a set of the words of a text.
func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// standingOf judges an element by its name, class, id and role.
func standingOf(n *html.Node) standing {
	switch n.DataAtom {
	case atom.Nav, atom.Form, atom.Button, atom.Select, atom.Fieldset:
		return furnishing
	case atom.Footer, atom.Aside, atom.Small:
		return max(doubtful, namedStanding(n))
	}
	return namedStanding(n)
}

func namedStanding(n *html.Node) standing {
	best := ordinary
	for _, a := range n.Attr {
		switch a.Key {
		case "class":
			for c := range strings.FieldsSeq(a.Val) {
				best = max(best, nameStanding(c))
			}
		case "id", "data-component", "data-module", "data-testid":
			best = max(best, nameStanding(a.Val))
		case "role":
			switch a.Val {
			case "navigation", "search", "contentinfo", "toolbar", "menu", "dialog", "alertdialog":
				best = furnishing
			}
		case "aria-hidden", "hidden":
			if a.Key == "hidden" && a.Val != "until-found" {
				best = furnishing
			}
		case "style":
			v := strings.ReplaceAll(strings.ToLower(a.Val), " ", "")
			if strings.Contains(v, "display:none") || strings.Contains(v, "visibility:hidden") {
				best = max(best, furnishing)
			}
		}
	}
	return best
}

// nameStanding judges one class name or id.
func nameStanding(name string) standing {
	if len(name) > 60 || strings.HasPrefix(name, "wp-block-") && !strings.Contains(name, "social") {
		return ordinary
	}
	lower := strings.ToLower(name)
	switch lower {
	case "sr-only", "screen-reader-text", "visually-hidden", "print-only":
		return furnishing
	}
	if furnishings[strings.Map(dropSigns, lower)] {
		return furnishing
	}
	best := ordinary
	held := false
	words := nameWords(name)
	for i, w := range words {
		switch {
		case furnishings[w]:
			best = furnishing
		case doubtfulWords[w]:
			best = max(best, doubtful)
		case contents[w]:
			held = true
		}
		// Two words that are plain together.
		if i+1 < len(words) && (furnishings[w+words[i+1]] || pairs[w+"-"+words[i+1]]) {
			return furnishing
		}
	}
	if held && best == furnishing {
		return doubtful
	}
	return best
}

// pairs are words that are furniture together.
var pairs = set(`author-box author-bio author-info author-card author-about author-profile about-author post-author bio-box
	related-posts related-articles related-content related-news related-stories related-links related-post related-article related-list
	read-more read-also read-next also-read see-also more-stories more-from more-news you-may
	social-share social-links social-media social-icons social-buttons social-bar social-follow follow-us
	post-nav post-navigation nav-links entry-nav prev-next
	post-tags entry-tags tag-list tags-list article-tags
	app-download download-app app-promo app-banner qr-code
	ad-slot ad-unit ad-container ad-wrapper ad-box ad-banner google-ad
	store-notice demo-store back-link post-ratings jetpack-likes click-tweet email-signup comment-form comment-respond print-button`)

func dropSigns(r rune) rune {
	if r == '-' || r == '_' || unicode.IsDigit(r) {
		return -1
	}
	return r
}

// nameWords divides a class name into its words, in lower case.
func nameWords(name string) []string {
	var words []string
	start := 0
	cut := func(end int) {
		if end > start {
			words = append(words, strings.ToLower(name[start:end]))
		}
	}
	for i := 0; i < len(name); i++ {
		c := name[i]
		switch {
		case c >= 'A' && c <= 'Z':
			if i > 0 && name[i-1] >= 'a' && name[i-1] <= 'z' {
				cut(i)
				start = i
			}
		case c >= 'a' && c <= 'z':
		default:
			cut(i)
			start = i + 1
		}
	}
	cut(len(name))
	return words
}

// standings judges a node and the elements that hold it, up to the body, but
// those that hold most of the article.
func standings(n, body *html.Node, whole int) standing {
	best := ordinary
	for a := n; a != nil && a != body; a = a.Parent {
		if a.Type != html.ElementNode {
			continue
		}
		if says := standingOf(a); says > best && (a == n || textLength(a)*2 <= whole) {
			best = says
		}
	}
	return best
}

// namedFurniture removes subtrees whose markup says that they are furniture,
// and reports whether there were any.
func (p *page) namedFurniture(n *html.Node, whole int) (removed bool) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type == html.ElementNode && !keepsLines(c.DataAtom) {
			if standingOf(c) == furnishing && p.disposable(c, whole) {
				if t := textOf(c); t != "" {
					p.note("body", t, "")
				}
				if !text.Block(c.DataAtom) || enclosing(c, atom.Ul, atom.Ol, atom.Dl, atom.Table, atom.Blockquote, atom.Figure) != nil {
					p.blocks = nil // a part of a block goes
				}
				divide([]*html.Node{c})
				p.removeWithHeading(c)
				dropHollow(n, p.body)
				removed = true
				if n.Parent == nil && n != p.body {
					return true
				}
			} else if p.namedFurniture(c, whole) {
				removed = true
			}
		}
		c = next
	}
	return removed
}

// disposable reports whether an element that is named furniture can be that:
// it is a small part of the page, or links more than it says.
func (p *page) disposable(n *html.Node, whole int) bool {
	var r reading
	r.read(n, false)
	length := r.length()
	if length == 0 {
		return n.DataAtom != atom.Fieldset && !(r.media && holdsPicture(n) && !smallPicture(n))
	}
	if whole-length < length/2 {
		return false
	}
	linked := r.links*10 >= length*6
	return length <= 700 && length*2 <= whole || length*5 <= whole || linked && length*3 <= whole*2
}

// holdsPicture reports whether an element holds what a reader would look at.
func holdsPicture(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Img, atom.Video, atom.Audio, atom.Iframe, atom.Picture, atom.Object, atom.Embed:
			return true
		}
		if holdsPicture(c) {
			return true
		}
	}
	return false
}

// smallPicture reports whether the pictures of an element are signs: QR codes, icons.
func smallPicture(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if isElement(c, atom.Img) {
			address := strings.ToLower(attribute(c, "src") + attribute(c, "alt") + attribute(c, "class"))
			return signAddress.MatchString(address)
		}
		if c.Type == html.ElementNode && smallPicture(c) {
			return true
		}
	}
	return false
}

var signAddress = regexp.MustCompile(`(?:^|[^a-z])(?:qr|icon|logo|avatar|gravatar|share|badge|button|btn|emoji|qrcode|erweima|ewm)|qr[_-]|[_-]qr`)

// removeWithHeading removes an element, and a heading that only announced it.
func (p *page) removeWithHeading(n *html.Node) {
	before := n.PrevSibling
	for before != nil && (before.Type == html.TextNode && blankText(before.Data) || before.Type == html.CommentNode) {
		before = before.PrevSibling
	}
	if before != nil && before.Type == html.ElementNode {
		if b := (block{unit: before}); b.heading() {
			said := textOf(before)
			if f := wording(said); f.sure && f.begin {
				p.note("body", said, "")
				detach(before)
			}
		}
	}
	detach(n)
}
