package feed

import (
	"html"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// The signs of an entry, in the order in which they count.
const (
	byExact     = iota // the id, byte for byte
	byID               // the id without what flaps; unset where that is the same
	byLinkTitle        // link and title
	byLink             // the link alone
	byTitleDate        // title and date of an entry that has neither id nor link
	byText             // the text of such an entry
	byMoved            // title and exact time of an entry whose id changes, and whose link changed
	kinds
)

type sign struct {
	set  bool
	mark Mark
	// weak signs are looked up and kept only where stronger ones failed.
	weak bool
}

type signs [kinds]sign

func signsOf(mode Identity, e *Entry) signs {
	var s signs
	set := func(kind int, name, value string) { s[kind] = sign{set: true, mark: mark(name, value)} }
	link := linkKey(e.Link("alternate"))
	title := foldTitle(e.Title)
	useID := e.ID != "" && (mode == ByGUID || mode == "" || mode == ByLink && link == "")
	if useID && !isRoot(e.ID) {
		set(byExact, "id", e.ID)
		if key := linkKey(e.ID); key != e.ID && key != "" {
			set(byID, "id-address", key)
		}
	}
	if link == "" && isAddress(e.ID) && mode != ByLink {
		link = linkKey(e.ID)
	}
	switch {
	case link == "":
	case mode == ByLink:
		set(byLink, "link", link)
	case mode == ByLinkTitle:
		set(byLinkTitle, "link+title", strings.ToLower(link)+"\x00"+title)
	default:
		set(byLinkTitle, "link+title", strings.ToLower(link)+"\x00"+title)
		if !isRoot(e.Link("alternate")) {
			set(byLink, "link", link)
			s[byLink].weak = useID
		}
		if useID && title != "" && exact(e.Published) {
			set(byMoved, "moved", title+"\x00"+strconv.FormatInt(e.Published.Unix(), 10))
			s[byMoved].weak = true
		}
	}
	if !s[byExact].set && link == "" || isRoot(e.Link("alternate")) && !s[byExact].set {
		if title != "" && !e.Published.IsZero() {
			set(byTitleDate, "title+date", title+"\x00"+strconv.FormatInt(e.Published.Unix(), 10))
		}
		if text := foldTitle(e.Body()); text != "" || title != "" {
			set(byText, "text", title+"\x00"+text)
		}
	}
	return s
}

// exact reports whether a date tells more than a day or an hour: of entries
// with the same title, those that are published by the day have the same date.
func exact(t time.Time) bool { return !t.IsZero() && t.Unix()%3600 != 0 }

// linkKey is an address as it is compared here: canonical, but with the
// fragment, which sets apart entries that lie on one page.
func linkKey(address string) string {
	address = strings.TrimSpace(address)
	if !isAddress(address) {
		return address
	}
	key := CanonicalLink(withoutSession(address))
	if !strings.Contains(address, "#") || strings.Contains(key, "#") {
		return key
	}
	if _, fragment, _ := strings.Cut(StripTracking(address), "#"); fragment != "" {
		key += "#" + fragment
	}
	return key
}

func isAddress(t string) bool {
	scheme, rest, found := strings.Cut(t, "://")
	return found && rest != "" && isHTTP(scheme)
}

// isRoot reports whether an address is a site's front page, on which no
// entry lies.
func isRoot(address string) bool {
	if !isAddress(address) {
		return false
	}
	_, rest, _ := strings.Cut(strings.TrimSpace(address), "://")
	return !strings.ContainsAny(strings.TrimRight(rest, "/"), "/?#")
}

// sessions are the parameters by which sites know a visitor.
var sessions = map[string]bool{
	"phpsessid": true, "jsessionid": true, "sid": true, "sessionid": true, "session_id": true, "session": true,
	"aspsessionid": true, "cfid": true, "cftoken": true, "zenid": true, "oscsid": true, "s_id": true, "sess": true,
}

// withoutSession takes session parameters out of an address.
func withoutSession(address string) string {
	before, query, found := strings.Cut(address, "?")
	if !found {
		return address
	}
	query, fragment, _ := strings.Cut(query, "#")
	var kept []string
	for parameter := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(parameter, "=")
		// A short value may be a section's number.
		if sessions[strings.ToLower(name)] && len(value) >= 8 {
			continue
		}
		kept = append(kept, parameter)
	}
	address = before
	if len(kept) > 0 {
		address += "?" + strings.Join(kept, "&")
	}
	if fragment != "" {
		address += "#" + fragment
	}
	return address
}

// foldTitle is a text as it is compared here: its letters and digits in lower
// case, without markup.
func foldTitle(t Text) string {
	value := t.Value
	if t.HTML {
		value = html.UnescapeString(withoutTags(value))
	}
	var b strings.Builder
	b.Grow(len(value))
	for _, r := range value {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	if b.Len() == 0 { // "?!", or an emoji
		return strings.TrimSpace(value)
	}
	return b.String()
}

func withoutTags(t string) string {
	if !strings.Contains(t, "<") {
		return t
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(t, "<")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		_, after, closed := strings.Cut(rest, ">")
		if !closed {
			b.WriteString(rest)
			return b.String()
		}
		t = after
	}
}
