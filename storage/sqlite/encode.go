package sqlite

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/klauspost/compress/s2"

	"copydesk/feed"
)

// micros is how times are kept; the zero time is NULL.
func micros(t time.Time) sql.NullInt64 {
	if t.IsZero() {
		return sql.NullInt64{}
	}
	return sql.NullInt64{Int64: t.UnixMicro(), Valid: true}
}

func fromMicros(n sql.NullInt64) time.Time {
	if !n.Valid {
		return time.Time{}
	}
	return time.UnixMicro(n.Int64).UTC()
}

// The first byte of a body says how the rest is written. S2 was chosen by
// measurement: less work than it saves in writing, and a third of the size.
const (
	bodyPlain = 0
	bodyS2    = 1
	// worthPacking is the size, in bytes, from which compression pays.
	worthPacking = 256
	// largestBody bounds what a damaged length could make us allocate.
	largestBody = 256 << 20
)

// packer makes bodies: the received entry and the copy, one after the other,
// so that what they have in common is kept once. It isn't for concurrent use.
type packer struct {
	text   bytes.Buffer
	packed []byte
}

func (p *packer) body(received *feed.Entry, copied *feed.Copy) ([]byte, error) {
	p.text.Reset()
	p.text.Write(make([]byte, binary.MaxVarintLen64))
	write := json.NewEncoder(&p.text)
	write.SetEscapeHTML(false)
	if err := write.Encode(storable(received)); err != nil {
		return nil, fmt.Errorf("received entry: %w", err)
	}
	first := p.text.Len() - binary.MaxVarintLen64
	if err := write.Encode(storableCopy(copied)); err != nil {
		return nil, fmt.Errorf("copy: %w", err)
	}
	data := p.text.Bytes()
	// The length goes right before the entry.
	var length [binary.MaxVarintLen64]byte
	n := binary.PutUvarint(length[:], uint64(first))
	data = data[binary.MaxVarintLen64-n:]
	copy(data, length[:n])
	if len(data) >= worthPacking {
		p.packed = s2.Encode(p.packed[:cap(p.packed)], data)
		if len(p.packed) < len(data) {
			return append([]byte{bodyS2}, p.packed...), nil
		}
	}
	return append([]byte{bodyPlain}, data...), nil
}

var errBody = errors.New("content of the entry is damaged")

// unpack takes a body apart; what isn't wanted may be nil.
func unpack(body []byte, received *feed.Entry, copied *feed.Copy) error {
	if len(body) == 0 {
		return errBody
	}
	data := body[1:]
	switch body[0] {
	case bodyPlain:
	case bodyS2:
		size, err := s2.DecodedLen(data)
		if err != nil || size > largestBody {
			return errBody
		}
		if data, err = s2.Decode(nil, data); err != nil {
			return fmt.Errorf("%w: %w", errBody, err)
		}
	default:
		return errBody
	}
	first, n := binary.Uvarint(data)
	if n <= 0 || first > uint64(len(data)-n) {
		return errBody
	}
	data = data[n:]
	if received != nil {
		if err := json.Unmarshal(data[:first], received); err != nil {
			return fmt.Errorf("%w: %w", errBody, err)
		}
	}
	if copied != nil {
		if err := json.Unmarshal(data[first:], copied); err != nil {
			return fmt.Errorf("%w: %w", errBody, err)
		}
	}
	return nil
}

// storable leaves out what JSON has no words for, so that one impossible date
// costs itself, and not the whole batch at every poll.
func storable(e *feed.Entry) *feed.Entry {
	if writes(e.Published, e.Updated) && (e.Source == nil || writes(e.Source.Updated)) {
		return e
	}
	sound := *e
	sound.Published, sound.Updated = possible(e.Published), possible(e.Updated)
	if e.Source != nil {
		origin := *e.Source
		origin.Updated = possible(origin.Updated)
		sound.Source = &origin
	}
	return &sound
}

func storableCopy(c *feed.Copy) *feed.Copy {
	if writes(c.Published, c.Updated) && c.Confidence == finite(c.Confidence) {
		return c
	}
	sound := *c
	sound.Published, sound.Updated, sound.Confidence = possible(c.Published), possible(c.Updated), finite(c.Confidence)
	return &sound
}

func writes(times ...time.Time) bool {
	for _, t := range times {
		if !possible(t).Equal(t) {
			return false
		}
	}
	return true
}

// possible is t, or no time outside the years that RFC 3339 can write.
func possible(t time.Time) time.Time {
	if year := t.UTC().Year(); year < 1 || year > 9998 {
		return time.Time{}
	}
	return t
}

func finite(f float64) float64 {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return 0
	}
	return f
}

// asJSON is compact JSON, with markup as it is.
func asJSON(v any) (string, error) {
	var b bytes.Buffer
	write := json.NewEncoder(&b)
	write.SetEscapeHTML(false)
	if err := write.Encode(v); err != nil {
		return "", err
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n"))), nil
}

// numbers is a list for json_each.
func numbers(list []int64) string {
	b := make([]byte, 0, 2+8*len(list))
	b = append(b, '[')
	for i, n := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = fmt.Appendf(b, "%d", n)
	}
	return string(append(b, ']'))
}

// digest stands for a public id in its index.
func digest(id string) []byte {
	sum := sha256.Sum256([]byte(id))
	return sum[:16]
}

// handle stands for what a person may call an entry by.
func handle(name string) int64 {
	sum := sha256.Sum256([]byte(name))
	return int64(binary.BigEndian.Uint64(sum[:]))
}

// handles lists what a person may call an entry by, besides its public id.
func handles(publicID string, received *feed.Entry, copied *feed.Copy) []int64 {
	names := []string{received.ID, copied.Link, feed.CanonicalLink(copied.Link), received.Link("alternate")}
	var out []int64
	for i, name := range names {
		if name == "" || name == publicID {
			continue
		}
		repeated := false
		for _, earlier := range names[:i] {
			repeated = repeated || earlier == name
		}
		if !repeated {
			out = append(out, handle(name))
		}
	}
	return out
}

// details is what a decision has besides its columns. Steps are written as
// lists, since every decision has the same few.
type details struct {
	Hits  []feed.Hit `json:"hits,omitempty"`
	Steps [][]string `json:"steps,omitempty"` // step, result, detail
}

func packDetails(d *feed.Decision) (sql.NullString, error) {
	if len(d.Hits) == 0 && len(d.Steps) == 0 {
		return sql.NullString{}, nil
	}
	out := details{Hits: d.Hits, Steps: make([][]string, len(d.Steps))}
	for i, s := range d.Steps {
		out.Steps[i] = []string{s.Step, s.Result, s.Detail}
		if s.Detail == "" {
			out.Steps[i] = out.Steps[i][:2]
		}
	}
	text, err := asJSON(out)
	return sql.NullString{String: text, Valid: true}, err
}

func unpackDetails(text sql.NullString, d *feed.Decision) error {
	if !text.Valid {
		return nil
	}
	var in details
	if err := json.Unmarshal([]byte(text.String), &in); err != nil {
		return fmt.Errorf("decision on entry %d in %s: %w", d.Entry, d.Edition, err)
	}
	d.Hits = in.Hits
	for _, s := range in.Steps {
		s = append(s, "", "", "")
		d.Steps = append(d.Steps, feed.Step{Step: s[0], Result: s[1], Detail: s[2]})
	}
	return nil
}
