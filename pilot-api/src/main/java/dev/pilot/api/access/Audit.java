package dev.pilot.api.access;

import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import java.io.InputStream;
import java.util.List;

/**
 * The record of decisions: about paths, commands, tools, approvals, tokens, syncs and patches. The hub writes its own; agents and workers
 * bring in theirs. What is on record never changes, and {@link #verify} finds what somebody changed all the same. Records are kept for
 * the time that is configured, 90 days unless it says otherwise.
 */
public interface Audit {
    /**
     * Puts decisions on record that were taken elsewhere, such as on a worker's machine. They are the caller's: nobody can speak for
     * somebody else. Each by itself; sent again with the same id it is known, with other content under the same id it is refused.
     *
     * @param events the decisions, 1 to 1,000
     * @return for each, in order, its receipt or why it was refused
     */
    List<ItemResult<AuditReceipt>> ingest(List<NewAuditEvent> events);

    /**
     * Lists what is on record.
     *
     * @param filter which, and in which order
     * @param page which part of the list
     * @return the page; its cost does not grow with the log
     */
    Page<AuditEvent> list(AuditFilter filter, PageRequest page);

    /**
     * Writes out what is on record, all that passes a filter, in the order of {@link #list}. It is read while it is written: it needs no
     * memory to speak of, and what is recorded meanwhile may be in it.
     *
     * @param filter which, and in which order
     * @param format in what form
     * @return the text in UTF-8; to be closed by the caller
     */
    InputStream export(AuditFilter filter, AuditFormat format);

    /**
     * Checks that the log is what the hub wrote, from the oldest record to the newest.
     *
     * @return what was looked at, and the first thing that is wrong
     */
    AuditReport verify();
}
