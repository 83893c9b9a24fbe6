package dev.pilot.core.audit;

import dev.pilot.api.access.NewAuditEvent;
import dev.pilot.core.system.AuditTrail;
import dev.pilot.core.system.InputCheck;
import dev.pilot.core.system.Limits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** What an audit event from outside may be. */
final class AuditInput {
    /** Kept free, so that nobody can take an id that the hub is about to make. */
    private static final String OF_THE_HUB = "aud_";

    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private AuditInput() {}

    /**
     * Checks an event, of which secrets are taken out already, and which has no id but its sender's.
     *
     * @throws dev.pilot.api.error.InvalidInput if anything is wrong; it names it all
     */
    static void check(NewAuditEvent event) {
        InputCheck check = new InputCheck();
        if (event.id() != null && event.id().value().startsWith(OF_THE_HUB)) {
            check.problem("id", "may not begin with " + OF_THE_HUB + ", as those do that the hub makes");
        }
        if (event.target().isBlank()) {
            check.problem("target", "must not be blank");
        }
        check.text("target", event.target(), AuditTrail.TARGET);
        int bytes = event.target().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > AuditTrail.TARGET && event.target().length() <= AuditTrail.TARGET) {
            check.problem("target", "may have " + AuditTrail.TARGET + " bytes at most, but has " + bytes);
        }
        check.text("reason", event.reason(), Limits.LINE);
        check.text("host", event.host(), Limits.NAME);
        if (event.host() != null && event.host().isBlank()) {
            check.problem("host", "must not be blank");
        }
        if (event.bytes() != null) {
            check.range("bytes", event.bytes(), 0, Long.MAX_VALUE);
        }
        Instant happenedAt = event.happenedAt();
        if (happenedAt != null && (happenedAt.isBefore(EARLIEST) || happenedAt.isAfter(LATEST))) {
            check.problem("happenedAt", "must be between the years 0 and 9999");
        }
        check.json("data", event.data());
        if (check.isFine() && event.data().toString().length() > Limits.AUDIT_DATA) {
            check.problem("data", "may have " + Limits.AUDIT_DATA + " characters of JSON at most");
        }
        check.done();
    }
}
