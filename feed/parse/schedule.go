package parse

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mmcdole/gofeed/rss"
)

var periods = map[string]time.Duration{
	"hourly": time.Hour, "daily": 24 * time.Hour, "weekly": 7 * 24 * time.Hour,
	"monthly": 30 * 24 * time.Hour, "yearly": 365 * 24 * time.Hour,
}

// updatePeriod reads the syndication module's period and frequency.
func updatePeriod(b bag) time.Duration {
	period := periods[strings.ToLower(strings.TrimSpace(b.text("sy:updateperiod")))]
	times, err := strconv.Atoi(b.text("sy:updatefrequency"))
	if err != nil || times < 1 {
		times = 1
	}
	return period / time.Duration(times)
}

// rssSchedule reads when the channel wants to be polled.
func (tr *translation) rssSchedule(f *rss.Feed, b bag) {
	k, d := &tr.s.head, tr.doc
	if minutes, err := strconv.Atoi(k.at(f.TTL).text); err == nil && minutes > 0 && minutes < 60*24*365 {
		d.TTL = time.Duration(minutes) * time.Minute
	} else {
		d.TTL = updatePeriod(b)
	}
	seen := map[int]bool{}
	for _, ref := range f.SkipHours {
		hour, err := strconv.Atoi(k.at(ref).text)
		if err != nil || hour < 0 || hour > 24 || seen[hour%24] {
			continue
		}
		seen[hour%24] = true // RSS 0.91 counts from 1 to 24
		d.SkipHours = append(d.SkipHours, hour%24)
	}
	for _, ref := range f.SkipDays {
		for day := time.Sunday; day <= time.Saturday; day++ {
			if name := k.at(ref).text; strings.EqualFold(name, day.String()) && !slices.Contains(d.SkipDays, day) {
				d.SkipDays = append(d.SkipDays, day)
			}
		}
	}
}
