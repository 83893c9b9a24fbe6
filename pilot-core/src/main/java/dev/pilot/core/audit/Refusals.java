package dev.pilot.core.audit;

import dev.pilot.api.access.AuditDecision;
import dev.pilot.api.access.AuditKind;
import dev.pilot.api.access.AuditOperation;
import dev.pilot.api.access.NewAuditEvent;
import dev.pilot.api.value.Json;
import dev.pilot.core.system.AuditTrail;
import dev.pilot.core.system.HubContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was refused outside of any unit of work. Somebody who knocks a thousand times a second must not fill the log, nor make the hub write
 * each time: the first refusal of a kind is written at the next sweep, those like it are counted and written once a minute, and beyond
 * a number of kinds all the others are one. Threads may share it.
 */
final class Refusals {
    private static final int MOST_KINDS = 1_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final HubContext hub;
    private final Map<Refusal, Tally> tallies = new LinkedHashMap<>();

    Refusals(HubContext hub) {
        this.hub = hub;
    }

    /** What is counted as one. */
    private record Refusal(
            AuditKind kind,
            AuditOperation operation,
            String who,
            String target,
            String code,
            @Nullable String host) {}

    private static final class Tally {
        private long count;
        private Instant first;
        private Instant last;
        private @Nullable Instant written;

        Tally(Instant now) {
            first = now;
            last = now;
        }

        void add(long more, Instant from, Instant to) {
            first = count == 0 ? from : first;
            last = to;
            count += more;
        }
    }

    /** A caller may not use a use-case. */
    void permission(String who, String useCase, String code) {
        add(new Refusal(AuditKind.PERMISSION, AuditOperation.CALL, who, useCase, code, null));
    }

    /** A credential is not known, or not any more, or is not looked at; the address is null where nobody knows it. */
    void credentials(@Nullable String address, String code) {
        add(new Refusal(AuditKind.LOG_IN, AuditOperation.LOG_IN, "nobody", "credentials", code, address));
    }

    private synchronized void add(Refusal refusal) {
        Instant now = hub.config().clock().instant();
        boolean fits = tallies.containsKey(refusal) || tallies.size() < MOST_KINDS;
        Refusal counted = fits
                ? refusal
                : new Refusal(refusal.kind(), refusal.operation(), "others", "others", refusal.code(), null);
        tallies.computeIfAbsent(counted, same -> new Tally(now)).add(1, now, now);
    }

    /** Writes what it is time for. */
    void write() {
        Instant now = hub.config().clock().instant();
        write(taken(now, false), now);
    }

    /** Writes all there is. */
    void writeAll() {
        Instant now = hub.config().clock().instant();
        write(taken(now, true), now);
    }

    private record Taken(Refusal refusal, long count, Instant first, Instant last) {}

    private synchronized List<Taken> taken(Instant now, boolean all) {
        List<Taken> taken = new ArrayList<>();
        Iterator<Map.Entry<Refusal, Tally>> entries = tallies.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<Refusal, Tally> entry = entries.next();
            Tally tally = entry.getValue();
            boolean isDue =
                    all || tally.written == null || !tally.written.plus(WINDOW).isAfter(now);
            if (isDue && tally.count > 0) {
                taken.add(new Taken(entry.getKey(), tally.count, tally.first, tally.last));
                tally.count = 0;
                tally.written = now;
            } else if (isDue) {
                entries.remove();
            }
        }
        return taken;
    }

    private void write(List<Taken> taken, Instant now) {
        if (taken.isEmpty()) {
            return;
        }
        try {
            hub.store().write("audit.refusals", unit -> {
                hub.audit()
                        .record(
                                unit,
                                taken.stream()
                                        .map(one -> new AuditTrail.Entry(
                                                one.refusal().who(), event(one)))
                                        .toList());
                return true;
            });
        } catch (RuntimeException failure) {
            giveBack(taken, now);
            throw failure;
        }
    }

    private synchronized void giveBack(List<Taken> taken, Instant now) {
        for (Taken one : taken) {
            Tally tally = tallies.computeIfAbsent(one.refusal(), same -> new Tally(now));
            tally.add(one.count(), one.first(), one.last());
            tally.written = null;
        }
    }

    private static NewAuditEvent event(Taken one) {
        Refusal refusal = one.refusal();
        return NewAuditEvent.builder(refusal.kind(), refusal.operation(), refusal.target(), AuditDecision.DENIED)
                .reason(refusal.code())
                .host(refusal.host())
                .happenedAt(one.last())
                .data(
                        one.count() == 1
                                ? Json.object()
                                : Json.object(
                                        "count",
                                        one.count(),
                                        "first",
                                        one.first().toString()))
                .build();
    }
}
