package dev.pilot.api.store;

import java.util.List;

/** Reads and writes the audit log. */
public interface AuditRecords extends AuditReader {
    /**
     * Appends records, as one statement where the engine can.
     *
     * @param rows the records, whose ids and places are free
     */
    void append(List<AuditRow> rows);

    /**
     * Deletes the oldest records.
     *
     * @param upTo the last place that may go
     * @param limit how many at most
     * @return how many went
     */
    int prune(long upTo, int limit);

    /**
     * Sets an anchor, in the place of one that was there.
     *
     * @param anchor the anchor
     */
    void anchor(AuditAnchor anchor);

    /**
     * Deletes anchors.
     *
     * @param sequences their places
     */
    void deleteAnchors(List<Long> sequences);
}
