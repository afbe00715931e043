package parse

import "strings"

// A kind says how the scan reads an element.
type kind uint8

const (
	skipped kind = iota // not wanted: passed over with all that is in it
	branch              // holds other elements
	entry               // a branch that is an entry
	plain               // holds characters; tags in them are dropped
	text                // holds characters, or markup when tags stand in it
	bare                // only its attributes count
)

// A form is how an element is read and how it is handed to gofeed.
type form struct {
	kind kind
	// as is the element's name in the skeleton; entries may need another one
	// where gofeed would keep one of several or none.
	as, inEntry string
	// attr carries the reference where gofeed doesn't look at the characters.
	attr string
	// date says that gofeed reads a date: the reference must look like one,
	// or it tries a hundred and sixty layouts in vain.
	date bool
}

// native names the namespaces of a format's own vocabulary.
const (
	rssSpace   = "rss"
	atomSpace  = "atom"
	xhtmlSpace = "xhtml"
)

// spaces maps namespaces to the prefix that gofeed knows them by. Keys are
// folded by foldSpace: feeds differ in scheme, case and the closing slash.
var spaces = map[string]string{
	"www.w3.org/2005/atom":                                                atomSpace,
	"purl.org/atom/ns":                                                    atomSpace,
	"purl.org/rss/1.0":                                                    rssSpace,
	"my.netscape.com/rdf/simple/0.9":                                      rssSpace,
	"channel.netscape.com/rdf/simple/0.9":                                 rssSpace,
	"my.netscape.com/publish/formats/rss-0.91.dtd":                        rssSpace,
	"backend.userland.com/rss":                                            rssSpace,
	"backend.userland.com/rss2":                                           rssSpace,
	"blogs.law.harvard.edu/tech/rss":                                      rssSpace,
	"cyber.law.harvard.edu/rss/rss.html":                                  rssSpace,
	"www.w3.org/1999/02/22-rdf-syntax-ns":                                 "rdf",
	"purl.org/dc/elements/1.1":                                            "dc",
	"purl.org/dc/elements/1.0":                                            "dc",
	"purl.org/dc/terms":                                                   "dcterms",
	"purl.org/rss/1.0/modules/dcterms":                                    "dcterms",
	"purl.org/rss/1.0/modules/content":                                    "content",
	"search.yahoo.com/mrss":                                               "media",
	"search.yahoo.com/searchmonkey/media":                                 "media",
	"video.search.yahoo.com/mrss":                                         "media",
	"www.itunes.com/dtds/podcast-1.0.dtd":                                 "itunes",
	"podcastindex.org/namespace/1.0":                                      "podcast",
	"github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": "podcast",
	"www.google.com/schemas/play-podcasts/1.0":                            "googleplay",
	"www.google.com/schemas/play-podcasts/1.0/play-podcasts.xsd":          "googleplay",
	"rssnamespace.org/feedburner/ext/1.0":                                 "feedburner",
	"www.pheedo.com/namespace/pheedo":                                     "pheedo",
	"www.w3.org/1999/xhtml":                                               xhtmlSpace,
	"purl.org/rss/1.0/modules/syndication":                                "sy",
	"purl.org/syndication/thread/1.0":                                     "thr",
	"wellformedweb.org/commentapi":                                        "wfw",
	"www.w3.org/xml/1998/namespace":                                       "xml",
}

// foldSpace makes the forms of a namespace's name one.
func foldSpace(uri string) string {
	uri = strings.ToLower(strings.TrimSpace(uri))
	uri = strings.TrimPrefix(uri, "http://")
	uri = strings.TrimPrefix(uri, "https://")
	return strings.TrimRight(uri, "/#?")
}

// common maps prefixes that feeds use without declaring them, or bound to a
// namespace that nobody knows.
var common = map[string]string{
	"atom": atomSpace, "a10": atomSpace, "atom10": atomSpace, "rss": rssSpace, "rdf": "rdf",
	"dc": "dc", "dcterms": "dcterms", "content": "content", "media": "media", "itunes": "itunes",
	"podcast": "podcast", "googleplay": "googleplay", "feedburner": "feedburner", "pheedo": "pheedo",
	"xhtml": xhtmlSpace, "sy": "sy", "thr": "thr", "wfw": "wfw", "xml": "xml",
}

// own is the prefix of what gofeed would pass over in a format's own
// vocabulary; it keeps the elements of a foreign one, every one of them.
const own = "desk"

// anchor is the element that leads each entry of a skeleton.
const anchor = "entry"

// rssElements is the vocabulary of RSS 0.9x, 1.0 and 2.0, names in lower case.
var rssElements = map[string]form{
	"item":           {kind: entry, as: "item"},
	"title":          {kind: text, as: "title"},
	"link":           {kind: plain, as: "link"},
	"description":    {kind: text, as: "description"},
	"abstract":       {kind: text, as: "description"}, // Microsoft's CDF
	"encoded":        {kind: text, as: own + ":encoded"},
	"body":           {kind: text, as: own + ":body"},
	"fullitem":       {kind: text, as: own + ":fullitem"},
	"guid":           {kind: plain, as: "guid"},
	"author":         {kind: plain, as: own + ":author"},
	"name":           {kind: plain, as: "atom:name"}, // of an author with parts, as in Atom
	"email":          {kind: plain, as: "atom:email"},
	"uri":            {kind: plain, as: "atom:uri"},
	"comments":       {kind: plain, as: "comments"},
	"pubdate":        {kind: plain, as: "pubdate", date: true},
	"published":      {kind: plain, as: own + ":published"},
	"updated":        {kind: plain, as: own + ":updated"},
	"modified":       {kind: plain, as: own + ":updated"},
	"date":           {kind: plain, as: own + ":published"},
	"source":         {kind: plain, as: "source"},
	"enclosure":      {kind: bare, as: "enclosure", attr: "url"},
	"category":       {kind: plain, as: "category"},
	"language":       {kind: plain, as: "language", inEntry: own + ":language"},
	"copyright":      {kind: text, as: "copyright", inEntry: own + ":copyright"},
	"managingeditor": {kind: plain, as: "managingeditor"},
	"lastbuilddate":  {kind: plain, as: "lastbuilddate", date: true},
	"ttl":            {kind: plain, as: "ttl"},
	"skiphours":      {kind: branch, as: "skiphours"},
	"hour":           {kind: plain, as: "hour"},
	"skipdays":       {kind: branch, as: "skipdays"},
	"day":            {kind: plain, as: "day"},
	"image":          {kind: branch, as: "image", inEntry: own + ":image"},
	"url":            {kind: plain, as: "url", inEntry: own + ":url"},
}

// atomElements is the vocabulary of Atom 1.0 and 0.3, names in lower case.
var atomElements = map[string]form{
	"entry":     {kind: entry, as: "entry"},
	"title":     {kind: text, as: "title"},
	"summary":   {kind: text, as: "summary"},
	"content":   {kind: text, as: "content"},
	"subtitle":  {kind: text, as: "subtitle"},
	"tagline":   {kind: text, as: "tagline"},
	"rights":    {kind: text, as: "rights"},
	"copyright": {kind: text, as: "rights"},
	"id":        {kind: plain, as: "id"},
	"link":      {kind: bare, as: "link", attr: "href"},
	"updated":   {kind: plain, as: "updated", date: true},
	"modified":  {kind: plain, as: "updated", date: true},
	"published": {kind: plain, as: "published", date: true},
	"issued":    {kind: plain, as: "published", date: true},
	"created":   {kind: plain, as: own + ":created"},
	"author":    {kind: branch, as: "author"},
	"name":      {kind: plain, as: "name"},
	"email":     {kind: plain, as: "email"},
	"uri":       {kind: plain, as: "uri"},
	"url":       {kind: plain, as: "uri"},
	"homepage":  {kind: plain, as: "uri"},
	"category":  {kind: bare, as: "category", attr: "term"},
	"icon":      {kind: plain, as: "icon"},
	"logo":      {kind: plain, as: "logo"},
	"source":    {kind: branch, as: "source"},
}

// foreignElements is what we read of other vocabularies, wherever it stands.
var foreignElements = map[string]form{
	"atom:link": {kind: bare}, "atom:id": {kind: plain}, "atom:updated": {kind: plain}, "atom:published": {kind: plain},
	"atom:author": {kind: branch}, "atom:name": {kind: plain}, "atom:email": {kind: plain}, "atom:uri": {kind: plain},
	"atom:title": {kind: text}, "atom:summary": {kind: text}, "atom:content": {kind: text}, "atom:category": {kind: bare},
	"atom:rights": {kind: text}, "atom:subtitle": {kind: text}, "atom:logo": {kind: plain}, "atom:icon": {kind: plain},
	"atom:source": {kind: branch},

	"dc:title": {kind: text}, "dc:creator": {kind: plain}, "dc:author": {kind: plain}, "dc:date": {kind: plain},
	"dc:created": {kind: plain}, "dc:modified": {kind: plain}, "dc:description": {kind: text}, "dc:subject": {kind: plain},
	"dc:language": {kind: plain}, "dc:rights": {kind: text}, "dc:identifier": {kind: plain}, "dc:publisher": {kind: plain},
	"dcterms:created": {kind: plain}, "dcterms:issued": {kind: plain}, "dcterms:modified": {kind: plain},
	"dcterms:date": {kind: plain}, "dcterms:creator": {kind: plain}, "dcterms:language": {kind: plain},
	"dcterms:available": {kind: plain}, "dcterms:subject": {kind: plain}, "dcterms:rights": {kind: text},

	"content:encoded": {kind: text}, "xhtml:body": {kind: text}, "xhtml:div": {kind: text},

	"media:group": {kind: branch}, "media:content": {kind: branch}, "media:thumbnail": {kind: bare},
	"media:title": {kind: text}, "media:description": {kind: text}, "media:keywords": {kind: plain},
	"media:category": {kind: plain}, "media:credit": {kind: plain}, "media:player": {kind: bare},

	"itunes:author": {kind: plain}, "itunes:duration": {kind: plain}, "itunes:image": {kind: plain},
	"itunes:episode": {kind: plain}, "itunes:season": {kind: plain}, "itunes:episodetype": {kind: plain, as: "itunes:episodeType"},
	"itunes:explicit": {kind: plain}, "itunes:summary": {kind: text}, "itunes:subtitle": {kind: text},
	"itunes:title": {kind: text}, "itunes:keywords": {kind: plain}, "itunes:category": {kind: bare},
	"googleplay:image": {kind: bare}, "googleplay:author": {kind: plain}, "googleplay:explicit": {kind: plain},
	"googleplay:description": {kind: text},

	"podcast:chapters": {kind: bare}, "podcast:transcript": {kind: bare}, "podcast:season": {kind: plain},
	"podcast:episode": {kind: plain}, "podcast:person": {kind: plain},

	"feedburner:origlink": {kind: plain}, "pheedo:origlink": {kind: plain},
	"wfw:commentrss": {kind: plain}, "sy:updateperiod": {kind: plain}, "sy:updatefrequency": {kind: plain},
}
