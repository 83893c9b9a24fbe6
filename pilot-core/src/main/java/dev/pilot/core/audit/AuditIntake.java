package dev.pilot.core.audit;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.access.AuditReceipt;
import dev.pilot.api.access.Caller;
import dev.pilot.api.access.NewAuditEvent;
import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.AuditId;
import dev.pilot.api.id.Id;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Run;
import dev.pilot.api.store.AuditRow;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.value.ItemResult;
import dev.pilot.core.access.Reach;
import dev.pilot.core.system.AuditChain;
import dev.pilot.core.system.AuditTrail;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.Limits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes in sets of audit events, in one unit of work: those that are there are known by their ids, all that are new are one insert.
 */
final class AuditIntake {
    private final HubContext hub;
    private final Caller caller;

    AuditIntake(HubContext hub, Caller caller) {
        this.hub = hub;
        this.caller = caller;
    }

    List<ItemResult<AuditReceipt>> take(List<NewAuditEvent> events) {
        if (events.isEmpty() || events.size() > Limits.AUDIT) {
            throw InvalidInput.of("events", "must have 1 to " + Limits.AUDIT + " entries, but has " + events.size());
        }
        List<Item> items = events.stream().map(this::item).toList();
        return hub.store().write("audit.ingest", unit -> take(unit, items));
    }

    /**
     * One of a set, before the store was asked.
     *
     * @param event it, without secrets, with an id
     * @param isNamed whether the sender gave the id: one that the hub made is free
     * @param refused why it is refused, or null
     */
    private record Item(
            NewAuditEvent event, boolean isNamed, @Nullable PilotException refused) {
        AuditId id() {
            return requireNonNull(event.id());
        }

        Item refused(PilotException why) {
            return new Item(event, isNamed, why);
        }
    }

    private Item item(NewAuditEvent given) {
        NewAuditEvent clean = hub.audit().clean(given);
        boolean isNamed = clean.id() != null;
        NewAuditEvent event = isNamed
                ? clean
                : clean.toBuilder().id(new AuditId(hub.ids().next("aud"))).build();
        try {
            AuditInput.check(clean);
            return new Item(event, isNamed, null);
        } catch (PilotException wrong) {
            return new Item(event, isNamed, wrong);
        }
    }

    private List<ItemResult<AuditReceipt>> take(StoreUnit unit, List<Item> given) {
        Map<RunId, Run> runs = Reach.of(caller)
                .in(unit)
                .runs()
                .all(List.copyOf(given.stream()
                        .map(item -> item.event().runId())
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet())));
        List<Item> items = given.stream().map(item -> placed(item, runs)).toList();
        Map<String, AuditRow> known = new HashMap<>(unit.audit()
                .all(
                        caller.name(),
                        items.stream()
                                .filter(Item::isNamed)
                                .map(Item::id)
                                .distinct()
                                .toList()));
        Map<String, AuditTrail.Entry> fresh = new LinkedHashMap<>();
        for (Item item : items) {
            String id = item.id().value();
            if (item.refused() == null && !known.containsKey(id)) {
                fresh.putIfAbsent(id, new AuditTrail.Entry(caller.name(), item.event()));
            }
        }
        for (AuditRow row : hub.audit().append(unit, List.copyOf(fresh.values()))) {
            known.put(row.id(), row);
        }
        Set<String> unanswered = new HashSet<>(fresh.keySet());
        List<ItemResult<AuditReceipt>> results = new ArrayList<>(items.size());
        for (Item item : items) {
            results.add(answer(item, known, unanswered));
        }
        return results;
    }

    private ItemResult<AuditReceipt> answer(Item item, Map<String, AuditRow> rows, Set<String> unanswered) {
        if (item.refused() != null) {
            return new ItemResult.Refused<>(item.refused());
        }
        AuditRow row = requireNonNull(rows.get(item.id().value()));
        boolean isNew = unanswered.remove(row.id());
        if (!isNew && !isSame(row, item.event())) {
            return new ItemResult.Refused<>(new AlreadyExists(
                    "audit-event",
                    row.id(),
                    "An audit event with the id " + row.id()
                            + " is on record, and says something else: give another id."));
        }
        return new ItemResult.Done<>(new AuditReceipt(item.id(), row.sequence(), isNew));
    }

    /** Fills in the run's project, and keeps callers that are bound to projects to theirs: a run that they don't see is none. */
    private Item placed(Item item, Map<RunId, Run> runs) {
        if (item.refused() != null) {
            return item;
        }
        RunId runId = item.event().runId();
        ProjectId projectId = item.event().projectId();
        Run run = runId == null ? null : runs.get(runId);
        Reach reach = Reach.of(caller);
        if (run == null) {
            if (runId != null && reach.isBound()) {
                return item.refused(new NotFound("run", runId.value()));
            }
            return reach.has(projectId)
                    ? item
                    : item.refused(new NotFound("project", projectId == null ? "none" : projectId.value()));
        }
        if (projectId != null && !projectId.equals(run.projectId())) {
            return item.refused(InvalidInput.of("projectId", "must be the run's, " + run.projectId()));
        }
        NewAuditEvent filled =
                item.event().toBuilder().projectId(run.projectId()).build();
        return new Item(filled, item.isNamed(), null);
    }

    /** A project that was filled in then need not be known now: the run may be gone. */
    private static boolean isSame(AuditRow row, NewAuditEvent event) {
        return row.kind().equals(event.kind().wire())
                && row.operation().equals(event.operation().wire())
                && row.target().equals(event.target())
                && row.decision().equals(event.decision().wire())
                && Objects.equals(row.runId(), text(event.runId()))
                && (event.projectId() == null || event.projectId().value().equals(row.projectId()))
                && row.reason().equals(event.reason())
                && Objects.equals(row.bytes(), event.bytes())
                && Objects.equals(row.host(), event.host())
                && Objects.equals(row.workerId(), text(event.workerId()))
                && Objects.equals(
                        row.happenedAt(), event.happenedAt() == null ? null : AuditChain.micros(event.happenedAt()))
                && row.data().equals(event.data().toString());
    }

    private static @Nullable String text(@Nullable Id id) {
        return id == null ? null : id.value();
    }
}
