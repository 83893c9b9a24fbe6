package dev.pilot.core.system;

import dev.pilot.api.access.NewAuditEvent;
import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.id.AuditId;
import dev.pilot.api.id.Id;
import dev.pilot.api.store.AuditAnchor;
import dev.pilot.api.store.AuditRow;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.value.Named;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the audit log, in the unit of the decision that it tells of. Writers take turns, so the newest record that a unit sees is the one
 * that its first record follows.
 */
public final class AuditTrail {
    /** Who the hub itself is. */
    public static final String HUB = "hub";

    /** Bytes of a target: what an index takes on every engine. */
    public static final int TARGET = 2_000;

    private final Ids ids;
    private final SecretRedactor redactor;
    private final String start;

    /**
     * Makes one.
     *
     * @param ids makes the records' ids
     * @param redactor finds secrets
     * @param hubId whose log it is
     */
    public AuditTrail(Ids ids, SecretRedactor redactor, String hubId) {
        this.ids = ids;
        this.redactor = redactor;
        this.start = AuditChain.start(hubId);
    }

    /**
     * Puts a decision of the hub's own on record. What is too long is cut off: nothing that is decided goes unrecorded.
     *
     * @param unit the unit of the decision
     * @param who the caller's name
     * @param event the decision
     */
    public void record(StoreUnit unit, String who, NewAuditEvent event) {
        record(unit, List.of(new Entry(who, event)));
    }

    /**
     * Puts decisions of the hub's own on record.
     *
     * @param unit the unit of the decisions
     * @param entries the decisions
     */
    public void record(StoreUnit unit, List<Entry> entries) {
        List<AuditRow> unused = append(
                unit,
                entries.stream()
                        .map(entry -> new Entry(entry.who(), clean(shortened(entry.event()))))
                        .toList());
    }

    /**
     * A decision and whose it is.
     *
     * @param who the caller's name
     * @param event the decision
     */
    public record Entry(String who, NewAuditEvent event) {}

    /**
     * Appends records whose ids are free.
     *
     * @param unit the unit of work
     * @param entries the decisions, without secrets
     * @return the records
     */
    public List<AuditRow> append(StoreUnit unit, List<Entry> entries) {
        if (entries.isEmpty()) {
            return List.of();
        }
        Head head = head(unit);
        long at = Math.max(AuditChain.micros(unit.now()), head.at());
        long sequence = head.sequence();
        String hash = head.hash();
        List<AuditRow> rows = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            AuditRow row = row(++sequence, at, entry);
            hash = AuditChain.hash(hash, row);
            rows.add(row.chained(hash));
        }
        unit.audit().append(rows);
        return rows;
    }

    private record Head(long sequence, long at, String hash) {}

    private Head head(StoreUnit unit) {
        AuditRow last = unit.audit().last().orElse(null);
        if (last != null) {
            return new Head(last.sequence(), last.at(), last.hash());
        }
        List<AuditAnchor> anchors = unit.audit().anchors();
        if (anchors.isEmpty()) {
            return new Head(0, Long.MIN_VALUE, start);
        }
        AuditAnchor latest = anchors.get(anchors.size() - 1);
        return new Head(latest.sequence(), latest.at(), latest.hash());
    }

    private AuditRow row(long sequence, long at, Entry entry) {
        NewAuditEvent event = entry.event();
        AuditId id = event.id();
        return new AuditRow(
                sequence,
                id == null ? ids.next("aud") : id.value(),
                at,
                entry.who(),
                wire(event.kind()),
                wire(event.operation()),
                event.target(),
                wire(event.decision()),
                text(event.runId()),
                text(event.projectId()),
                event.reason(),
                event.bytes(),
                event.host(),
                text(event.workerId()),
                event.happenedAt() == null ? null : AuditChain.micros(event.happenedAt()),
                event.data().toString(),
                "");
    }

    private static String wire(Named named) {
        return named.wire();
    }

    private static @Nullable String text(@Nullable Id id) {
        return id == null ? null : id.value();
    }

    /**
     * Takes secrets out of a decision.
     *
     * @param event the decision
     * @return the same without secrets
     */
    public NewAuditEvent clean(NewAuditEvent event) {
        return new NewAuditEvent(
                event.kind(),
                event.operation(),
                redactor.redact(event.target()),
                event.decision(),
                event.runId(),
                event.projectId(),
                redactor.redact(event.reason()),
                event.bytes(),
                event.host() == null ? null : redactor.redact(event.host()),
                event.workerId(),
                event.happenedAt(),
                event.data().members().isEmpty() ? event.data() : redactor.redact(event.data()),
                event.id());
    }

    private static NewAuditEvent shortened(NewAuditEvent event) {
        String target = event.target().isEmpty() ? "-" : event.target().replace('\0', ' ');
        return event.toBuilder()
                .target(cut(target, TARGET / 3))
                .reason(cut(event.reason().replace('\0', ' '), Limits.LINE))
                .build();
    }

    /** Short texts pass as they are; of a long one the beginning is kept, never half a character. */
    private static String cut(String text, int longest) {
        if (text.length() <= longest || text.getBytes(StandardCharsets.UTF_8).length <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return text.substring(0, end) + "…";
    }
}
