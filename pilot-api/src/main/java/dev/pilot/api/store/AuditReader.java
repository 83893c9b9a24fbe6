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
     * Finds records of a caller's.
     *
     * @param who the caller's name
     * @param ids their ids, which are the caller's own
     * @return those that are there, by id
     */
    Map<String, AuditRow> all(String who, List<AuditId> ids);

    /**
     * Lists a page. A record that no hub can have written is shown as {@link AuditEvent} says.
     *
     * @param filter which, and in which order
     * @param page which part of the list
     * @return the page; its order is stable and its cost does not grow with the list
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
