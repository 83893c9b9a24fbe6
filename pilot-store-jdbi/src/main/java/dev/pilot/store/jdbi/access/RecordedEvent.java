package dev.pilot.store.jdbi.access;

import dev.pilot.api.access.AuditDecision;
import dev.pilot.api.access.AuditEvent;
import dev.pilot.api.access.AuditKind;
import dev.pilot.api.access.AuditOperation;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.AuditId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.store.AuditRow;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.Named;
import dev.pilot.store.jdbi.Micros;
import dev.pilot.wire.WireCodec;
import java.time.DateTimeException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a row of the audit log says. One that somebody has made unreadable must not keep anybody from reading the others. */
final class RecordedEvent {
    private static final String UNREADABLE =
            "This record is not as a hub wrote it, its columns are in data: pilot audit verify says more.";

    private RecordedEvent() {}

    static AuditEvent of(AuditRow row) {
        try {
            return asWritten(row);
        } catch (InvalidInput | ClassCastException | DateTimeException altered) {
            return raw(row);
        }
    }

    private static AuditEvent asWritten(AuditRow row) {
        return new AuditEvent(
                row.sequence(),
                new AuditId(row.id()),
                Micros.instant(row.at()),
                row.who(),
                Named.parse(AuditKind.class, row.kind(), "kind"),
                Named.parse(AuditOperation.class, row.operation(), "operation"),
                row.target(),
                Named.parse(AuditDecision.class, row.decision(), "decision"),
                of(row.runId(), RunId::new),
                of(row.projectId(), ProjectId::new),
                row.reason(),
                row.bytes(),
                row.host(),
                of(row.workerId(), WorkerId::new),
                of(row.happenedAt(), Micros::instant),
                row.data().equals("{}") ? Json.object() : (Json.Obj) WireCodec.parse(row.data()),
                row.hash());
    }

    private static AuditEvent raw(AuditRow row) {
        Json.Obj columns = Json.object(
                "id", row.id(),
                "at", row.at(),
                "kind", row.kind(),
                "operation", row.operation(),
                "decision", row.decision(),
                "runId", row.runId(),
                "projectId", row.projectId(),
                "reason", row.reason(),
                "workerId", row.workerId(),
                "happenedAt", row.happenedAt(),
                "data", row.data());
        return new AuditEvent(
                row.sequence(),
                new AuditId("unreadable"),
                Micros.instant(row.at()),
                row.who(),
                AuditKind.OTHER,
                AuditOperation.OTHER,
                row.target(),
                AuditDecision.DENIED,
                null,
                null,
                UNREADABLE,
                row.bytes(),
                row.host(),
                null,
                null,
                Json.object("unreadable", columns),
                row.hash());
    }

    private static <F, T> @Nullable T of(@Nullable F value, Function<F, T> type) {
        return value == null ? null : type.apply(value);
    }
}
