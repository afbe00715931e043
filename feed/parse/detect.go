package parse

import (
	"bytes"
	"strings"

	"github.com/gogs/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
)

// choose finds the encoding of bytes that are no UTF-8, and says whether it
// is the declared one.
func choose(body []byte, sent, inside string) (e encoding.Encoding, declared bool) {
	var candidates []encoding.Encoding
	for _, name := range []string{sent, inside} {
		if e := find(name); e != nil && foreign(name) {
			candidates = append(candidates, e)
		}
	}
	if len(candidates) == 1 || len(candidates) == 2 && candidates[0] == candidates[1] {
		if fits(candidates[0], body) {
			return candidates[0], true
		}
		candidates = candidates[:1]
	}
	detected := detect(body)
	for _, e := range candidates { // two declarations: the one that the bytes agree with
		if e == detected {
			return e, true
		}
	}
	if len(candidates) > 0 && fits(candidates[0], body) {
		return candidates[0], true
	}
	return detected, false
}

// fits reports whether bytes can be in an encoding: hardly any is invalid.
func fits(e encoding.Encoding, body []byte) bool {
	sample := body[:min(len(body), 64<<10)]
	t, err := e.NewDecoder().Bytes(sample)
	if err != nil {
		return false
	}
	high := 0
	for _, c := range sample {
		if c >= 0x80 {
			high++
		}
	}
	return bytes.Count(t, []byte("\uFFFD"))*20 <= high
}

// detect asks the bytes. The few high bytes of a mostly English or western
// document say little: they are taken for windows-1252, which the web does.
func detect(body []byte) encoding.Encoding {
	western := find("windows-1252")
	sample := sampleHigh(body)
	if len(sample) == 0 {
		return western
	}
	results, err := chardet.NewTextDetector().DetectAll(sample)
	if err != nil {
		return western
	}
	for _, r := range results {
		e := find(strings.ToLower(r.Charset))
		if e == nil || strings.HasPrefix(r.Charset, "UTF-") || r.Confidence < 10 {
			continue
		}
		if canonical, _ := htmlindex.Name(e); canonical == "utf-8" {
			continue
		}
		if fits(e, body) {
			return e
		}
	}
	return western
}

// sampleHigh gathers the words with high bytes, so that markup doesn't drown
// them.
func sampleHigh(body []byte) []byte {
	var sample []byte
	inTag := false
	word := 0
	for i := 0; i < len(body) && len(sample) < 16<<10; i++ {
		switch c := body[i]; {
		case c == '<':
			inTag = true
			word = i + 1
		case c == '>':
			inTag = false
			word = i + 1
		case inTag:
		case isSpace(c):
			if high(body[word:i]) {
				sample = append(append(sample, body[word:i]...), ' ')
			}
			word = i + 1
		}
		if i-word > 512 || i+1 < len(body) && body[i+1] == '<' && word <= i {
			if !inTag && high(body[word:i+1]) {
				sample = append(append(sample, body[word:i+1]...), ' ')
			}
			word = i + 1
		}
	}
	return sample
}

func high(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return true
		}
	}
	return false
}
