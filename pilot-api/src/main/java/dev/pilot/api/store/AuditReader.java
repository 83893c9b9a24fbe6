package dev.pilot.api.store;

import dev.pilot.api.access.AuditEvent;
import dev.pilot.api.access.AuditFilter;
import dev.pilot.api.id.AuditId;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the audit log. */
public interface AuditReader {
    /**
     * The newest record.
     *
     * @return the record, if there is one
     */
    Optional<AuditRow> last();

    /**
     * Finds records.
     *
     * @param ids their ids
     * @return those that are there, by id
     */
    Map<String, AuditRow> all(List<AuditId> ids);

    /**
     * Lists a page.
     *
     * @param filter which, and in which order
     * @param page which part of the list
     * @return the page; its order is stable and its cost does not grow with the list
     * @throws dev.pilot.api.error.NotAllowed with code {@code audit-altered} if a record can't have been written by a hub
     */
    Page<AuditEvent> list(AuditFilter filter, PageRequest page);

    /**
     * Reads on, in the order of the log.
     *
     * @param sequence the place behind which to start
     * @param limit how many records at most
     * @return the records
     */
    List<AuditRow> after(long sequence, int limit);

    /**
     * The anchors.
     *
     * @return all there are, the oldest first; few, since the hub thins them out
     */
    List<AuditAnchor> anchors();
}
