package feed

import (
	"net/http"
	"time"
)

// Document is one fetched and parsed upstream feed.
type Document struct {
	Format   string // "rss 2.0", "atom 1.0", "json 1.1", …
	URL      string // the address it was served from, after redirects
	ID       string // atom:id of the feed, byte for byte
	Title    string // plain text
	Subtitle string // plain text
	Home     string // the site's page for people
	Self     string // rel=self, as declared
	Language string // declared, BCP 47; empty when not
	Icon     string
	Logo     string
	Rights   string
	Authors  []Person
	Hubs     []string // WebSub hubs (W3C WebSub §4)
	Updated  time.Time

	// TTL is the shortest time upstream wants between polls (RSS ttl,
	// sy:updatePeriod); 0 when it doesn't say.
	TTL time.Duration
	// SkipHours (0–23, GMT) and SkipDays are when upstream asks not to be polled.
	SkipHours []int
	SkipDays  []time.Weekday

	Entries []Entry
	// Truncated says that the document ends before its end: what else it
	// would have listed isn't known, and its validators stand for bytes that
	// were never seen.
	Truncated bool
	// Damage says what was wrong with the bytes and was mended or left out;
	// empty for a well-formed document. In a damaged document the absence of
	// an entry means nothing.
	Damage []string
}

// Retrieval is what one request for a source brought back.
type Retrieval struct {
	Status      int
	NotModified bool   // 304, or a body whose hash was handed in
	URL         string // the address that answered, after redirects
	Moved       string // where every redirect on the way was permanent: its target; else empty
	Header      http.Header
	Body        []byte // decompressed; nil when NotModified
	// Cut says that the body broke off before its end. It can be used as far
	// as it goes, as a damaged document; Validators and BodyHash stay those
	// of the last whole one.
	Cut        bool
	BodyHash   string
	Validators Validators
	// Fresh is how long upstream says its answer holds (Cache-Control, Expires); 0 when it doesn't say.
	Fresh time.Duration
	Took  time.Duration
	Bytes int64 // received over the network, compressed
}

// Validators are what a conditional request sends back (RFC 9110 §8.8), byte
// for byte as upstream sent them, for one address.
type Validators struct {
	URL          string `json:"url,omitempty"` // the address they belong to
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"lastModified,omitempty"`
}

// FetchError says why a source couldn't be had.
type FetchError struct {
	Status     int           // HTTP status; 0 when no answer came
	Gone       bool          // 410
	Refused    bool          // 429 or 503: upstream asks for patience
	Blocked    bool          // our own guard refused the address
	RetryAfter time.Duration // what upstream asked for; 0 when it didn't
	Err        error
}

func (e *FetchError) Error() string { return e.Err.Error() }
func (e *FetchError) Unwrap() error { return e.Err }
