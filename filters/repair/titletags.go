package repair

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// formatting tells the elements that only say how a title looks.
func formatting(a atom.Atom) bool {
	switch a {
	case atom.A, atom.Abbr, atom.B, atom.Big, atom.Bdi, atom.Bdo, atom.Cite, atom.Del, atom.Em, atom.Font, atom.I, atom.Ins, atom.Mark, atom.Nobr,
		atom.Q, atom.S, atom.Small, atom.Span, atom.Strike, atom.Strong, atom.Sub, atom.Sup, atom.Tt, atom.U, atom.Ruby, atom.Rt, atom.Rp:
		return true
	}
	return false
}

// breaking tells the elements that stand for white space.
func breaking(a atom.Atom) bool { return a == atom.Br || a == atom.Wbr }

// aroundTitle tells the elements that a whole title may stand in.
func aroundTitle(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Center:
		return true
	}
	return false
}

// titleTag is a piece of a title: a tag, or text.
type titleTag struct {
	raw  string
	kind html.TokenType
	name atom.Atom
	drop bool // it is markup, not what the title speaks of
}

// titleTags takes a title to pieces and tells what of it is markup: pairs that
// format, breaks, comments, pictures that have an address, and blocks around
// the whole. Whatever else looks like a tag is what the title speaks of.
func titleTags(s string) []titleTag {
	var tags []titleTag
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		t := titleTag{raw: string(z.Raw()), kind: kind}
		if kind == html.StartTagToken || kind == html.EndTagToken || kind == html.SelfClosingTagToken {
			name, _ := z.TagName()
			t.name = atom.Lookup(name)
		}
		t.drop = kind == html.CommentToken && strings.HasPrefix(t.raw, "<!--") && strings.HasSuffix(t.raw, "-->") ||
			breaking(t.name) || t.name == atom.Img && strings.Contains(t.raw, "src=") && strings.ContainsAny(t.raw, "\"'")
		tags = append(tags, t)
	}
	var open []int
	for i := range tags {
		t := &tags[i]
		around := aroundTitle(t.name) && (t.kind == html.StartTagToken && onlySpace(tags[:i]) || t.kind == html.EndTagToken && onlySpace(tags[i+1:]))
		switch {
		case t.name == 0 || !formatting(t.name) && !around:
		case t.kind == html.StartTagToken:
			open = append(open, i)
		case t.kind == html.EndTagToken && len(open) > 0 && tags[open[len(open)-1]].name == t.name:
			tags[open[len(open)-1]].drop, t.drop = true, true
			open = open[:len(open)-1]
		}
	}
	return tags
}

// onlySpace reports whether pieces show nothing.
func onlySpace(tags []titleTag) bool {
	for _, t := range tags {
		if t.kind == html.TextToken && strings.TrimSpace(t.raw) != "" {
			return false
		}
	}
	return true
}

// mentionsTag reports whether a title sent as markup speaks of a tag that its
// author forgot to escape: one that stands alone and has nothing to show.
func mentionsTag(s string) bool {
	if strings.IndexByte(s, '<') < 0 {
		return false
	}
	tags := titleTags(s)
	for i, t := range tags {
		if t.drop || t.kind != html.StartTagToken && t.kind != html.SelfClosingTagToken || formatting(t.name) || strings.Contains(t.raw, "=") {
			continue
		}
		closed := false
		for _, later := range tags[i+1:] {
			closed = closed || later.kind == html.EndTagToken && later.raw[2:] == t.raw[1:]
		}
		if !closed && !onlySpace(tags[:i]) {
			return true
		}
	}
	return false
}

// stripShownTags takes markup off a title that shows it. A tag that the title
// speaks of ("why <marquee> had to go") stays. References are decoded where
// the title is markup itself.
func stripShownTags(s string, markup bool) string {
	var b strings.Builder
	for _, t := range titleTags(s) {
		switch {
		case t.drop && breaking(t.name):
			b.WriteByte(' ')
		case t.drop:
		case markup && t.kind == html.TextToken:
			b.WriteString(html.UnescapeString(t.raw))
		default:
			b.WriteString(t.raw)
		}
	}
	return b.String()
}
