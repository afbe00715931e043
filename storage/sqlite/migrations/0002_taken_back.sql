-- A listing that readers no longer have keeps its id and dates. Entries that
-- came out together stand in the order of their own dates.
ALTER TABLE listings ADD COLUMN taken_back INTEGER; -- NULL: readers have it
DROP INDEX listings_newest;
CREATE INDEX listings_newest ON listings (edition, listed DESC, published DESC, id) WHERE taken_back IS NULL;
