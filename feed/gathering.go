package feed

import "time"

// Member is a rendition of a story with what an edition decided on it.
type Member struct {
	Record   *Record
	Decision Decision // as it was made now, or last recorded
	// Elsewhere is what all editions decided, by their names; it is only read.
	Elsewhere map[string]Decision
}

// Gathering is a story as one edition sees it, when what the edition
// publishes of it has to be decided.
type Gathering struct {
	Edition string
	Story   Story
	// Members are the story's renditions from the edition's sources.
	Members []Member
	// Listed are the listings that the edition already has of the story, by
	// key, those among them that were taken back.
	Listed map[string]Listing
	Now    time.Time
	// Fresh is since when entries count as new: a story with an older one
	// comes out late, and is listed by the time it does.
	Fresh time.Time
	// Backfill is set when older entries are judged anew: what comes out is
	// listed by its own date, so that readers never see old entries as new.
	Backfill bool
	// Anew are entries that a changed configuration is to hold for though they
	// were decided on before: what it doesn't keep of them leaves the edition.
	Anew map[int64]bool
	// Edited are entries whose text a reader would see changed.
	Edited map[int64]bool
}

// Gathered is what an edition publishes of a story.
type Gathered struct {
	Listings  []Listing  // new or changed
	Decisions []Decision // changed from what the members had
}
