package feed

import (
	"cmp"
	"net/netip"
	"time"
)

// Source is an upstream feed that we poll, as configured.
type Source struct {
	Name     string // [a-z0-9][a-z0-9-]*: its identity; the address may change
	URL      string
	Was      string // its former name; empty when it never had another
	Tags     []string
	Every    time.Duration // never 0: the configured or the default interval
	Language string        // what the user knows it to be; empty: identified
	Identity Identity
	Headers  map[string]string
	TLS      *TLS            `json:",omitempty"` // nil: as anybody's
	Remove   []string        // CSS selectors
	Off      map[string]bool // repairs switched off, by their name
	// FullText says that an entry's article is taken from its page; Article is
	// the CSS selector of the article there, empty where it is to be found.
	FullText bool
	Article  string
}

// Identity says what makes two entries of one source the same.
type Identity string

const (
	ByGUID      Identity = "guid" // the default
	ByLink      Identity = "link"
	ByLinkTitle Identity = "link+title"
)

// TLS is how a source's own host is to be spoken to. It holds for no other
// host, and not for a proxy on the way.
type TLS struct {
	CA          []byte `json:",omitempty"` // PEM: trusted in place of the system's; empty: the system's
	Certificate []byte `json:",omitempty"` // PEM: shown to the host, with its chain
	Key         []byte `json:"-"`          // PEM: the certificate's
	MinVersion  uint16 `json:",omitempty"` // as crypto/tls numbers them; 0: its default
	ServerName  string `json:",omitempty"` // asked for, and looked for in the host's certificate; empty: the host's
	Insecure    bool   `json:",omitempty"` // whoever answers is taken for the host
}

// Polling is how sources are asked.
type Polling struct {
	Every             time.Duration
	Concurrency       int
	PerHost           int  // requests in flight to one host
	RequestsPerMinute int  // to one host
	PerDomain         bool // both count all hosts of a registrable domain as one
	Timeout           time.Duration
	MaxSize           int64            // bytes, decompressed
	AllowPrivate      bool             // any private address
	AllowedPrivate    []netip.AddrPort // these: port 0 is any port
	AllowedNetworks   []netip.Prefix
}

// SourceState is what is remembered of a source between polls.
type SourceState struct {
	Name string `json:"name"`
	// URL is the configured address that this state belongs to; a source
	// whose configured address changed is asked unconditionally.
	URL        string     `json:"url,omitempty"`
	Validators Validators `json:"validators,omitzero"`
	BodyHash   string     `json:"bodyHash,omitempty"`

	Due       time.Time `json:"due,omitzero"`       // not to be asked before
	Polled    time.Time `json:"polled,omitzero"`    // last asked
	Succeeded time.Time `json:"succeeded,omitzero"` // last had an answer that could be used
	Changed   time.Time `json:"changed,omitzero"`   // last brought something new
	// Hub says that its hub is left to tell of news, and polling is the
	// fallback; Delivered is when it last did, Missed when a poll last brought
	// what it hadn't told of.
	Hub       bool      `json:"hub,omitempty"`
	Delivered time.Time `json:"delivered,omitzero"`
	Missed    time.Time `json:"missed,omitzero"`

	Interval  time.Duration `json:"interval,omitempty"` // in force
	Failures  int           `json:"failures,omitempty"` // in a row
	Gone      int           `json:"gone,omitempty"`     // 410s in a row
	Error     string        `json:"error,omitempty"`    // of the last poll; empty after a good one
	Status    int           `json:"status,omitempty"`   // HTTP status of the last poll
	Moved     string        `json:"moved,omitempty"`    // where upstream says it has moved for good
	MovedSeen int           `json:"movedSeen,omitempty"`
	// Page says that the configured address is that of a page for people;
	// Feed is the feed that was taken of those it offers, until it fails.
	Page bool   `json:"page,omitempty"`
	Feed string `json:"feed,omitempty"`
	// Stranger is another feed, with nothing in common with the source's own,
	// that answers in its place since StrangerSince.
	Stranger      string    `json:"stranger,omitempty"`
	StrangerSince time.Time `json:"strangerSince,omitzero"`

	// Served is the address that its last document came from, after redirects.
	Served string `json:"served,omitempty"`
	// What its last document said of itself.
	FeedID   string         `json:"feedID,omitempty"`
	Title    string         `json:"title,omitempty"`
	Home     string         `json:"home,omitempty"`
	Self     string         `json:"self,omitempty"`
	Format   string         `json:"format,omitempty"`
	Updated  time.Time      `json:"updated,omitzero"`
	Rights   string         `json:"rights,omitempty"`
	Language string         `json:"language,omitempty"` // declared
	Hubs     []string       `json:"hubs,omitempty"`
	TTL      time.Duration  `json:"ttl,omitempty"`
	SkipHour []int          `json:"skipHours,omitempty"`
	SkipDay  []time.Weekday `json:"skipDays,omitempty"`
	Damage   []string       `json:"damage,omitempty"`
	Entries  int            `json:"entries,omitempty"`

	// Furniture is what repair learned of the source's boilerplate, in
	// repair's own encoding; FurnitureVersion counts what changed in it.
	Furniture        []byte `json:"furniture,omitempty"`
	FurnitureVersion int    `json:"furnitureVersion,omitempty"`
	// Languages counts the entries that were identified with confidence.
	Languages map[string]int `json:"languages,omitempty"`
}

// movesBelieved is how often in a row upstream has to say that a source has
// moved for good (301, 308) before the new address is asked at once.
const movesBelieved = 3

// Address is where the source is to be asked: at its configured address, at
// the feed that was found on the page there, or where upstream has confirmed
// that it moved to.
func (s *SourceState) Address(configured string) string {
	switch {
	case s.URL != configured:
	case s.Moved != "" && s.MovedSeen >= movesBelieved:
		return s.Moved
	case s.Feed != "":
		return s.Feed
	}
	return configured
}

// Origin is how published entries name the source they came from.
func (s *SourceState) Origin() Origin {
	o := Origin{ID: s.FeedID, Title: s.Title, Link: s.Home, Self: s.Self, Updated: s.Updated, Rights: s.Rights}
	if o.Title == "" {
		o.Title = s.Name
	}
	if o.Self == "" {
		o.Self = cmp.Or(s.Feed, s.URL) // the configured address may be a page's
	}
	if o.ID == "" {
		o.ID = o.Self
	}
	return o
}

// UsualLanguage is the language of most entries of the source; empty while
// fewer than five were identified or none has four fifths of them.
func (s *SourceState) UsualLanguage() string {
	total, best, language := 0, 0, ""
	for l, n := range s.Languages {
		total += n
		if n > best || n == best && l < language {
			best, language = n, l
		}
	}
	if total < 5 || best*5 < total*4 {
		return ""
	}
	return language
}
