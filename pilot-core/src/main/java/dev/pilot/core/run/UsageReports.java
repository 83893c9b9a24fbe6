package dev.pilot.core.run;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.EventId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunClock;
import dev.pilot.api.run.Subject;
import dev.pilot.api.run.Usage;
import dev.pilot.api.run.UsageReceipt;
import dev.pilot.api.run.UsageReport;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Json;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.InputCheck;
import dev.pilot.core.system.Journal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes sets of usage reports, in one unit of work. Each writes an event that is named after it: one whose event is there has been
 * counted, also where the answer to the first got lost, or the hub did not live to send it.
 */
final class UsageReports {
    private final HubContext hub;
    private final RunParts parts;
    private final Journal journal;
    private final Holding holding;

    UsageReports(HubContext hub, RunParts parts, Journal journal, Holding holding) {
        this.hub = hub;
        this.parts = parts;
        this.journal = journal;
        this.holding = holding;
    }

    /** Adds to what a run has used. */
    static Run.Builder add(Run.Builder builder, Run run, Usage used) {
        RunClock clock = run.clock();
        return builder.usage(run.usage().plus(used))
                .clock(clock == null || used.wallMillis() == 0 ? clock : clock.reported(used.wallMillis()));
    }

    List<ItemResult<UsageReceipt>> take(List<UsageReport> reports) {
        if (reports.isEmpty() || reports.size() > Holding.MOST) {
            throw InvalidInput.of("reports", "must have 1 to " + Holding.MOST + " entries, but has " + reports.size());
        }
        List<UsageReport> clean = reports.stream().map(hub.redaction()::clean).toList();
        List<@Nullable PilotException> refused = new ArrayList<>();
        for (UsageReport report : clean) {
            refused.add(refusal(report));
        }
        return hub.store().write("run.useAll", unit -> take(unit, clean, new ArrayList<>(refused)));
    }

    private @Nullable PilotException refusal(UsageReport report) {
        try {
            holding.require(report.lease().workerId());
            InputCheck check = new InputCheck();
            check.name("id", report.id());
            AttemptWrites.check(check, "used", report.used());
            check.done();
            return null;
        } catch (PilotException no) {
            return no;
        }
    }

    private List<ItemResult<UsageReceipt>> take(
            StoreUnit unit, List<UsageReport> reports, List<@Nullable PilotException> refused) {
        Map<RunId, Run> before = holding.all(
                unit, reports.stream().map(report -> report.lease().runId()).toList());
        List<NewEvent> events = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < reports.size(); i++) {
            if (refused.get(i) == null) {
                try {
                    Run run = held(unit, before, reports.get(i).lease());
                    events.add(event(run, reports.get(i)));
                    places.add(i);
                } catch (PilotException no) {
                    refused.set(i, no);
                }
            }
        }
        boolean[] counted = new boolean[reports.size()];
        if (!events.isEmpty()) {
            List<Created<EventId>> answers = unit.events().append(events).events();
            for (int i = 0; i < answers.size(); i++) {
                counted[places.get(i)] = answers.get(i).isNew();
            }
        }
        Map<RunId, Run> after = count(unit, reports, counted);
        List<ItemResult<UsageReceipt>> results = new ArrayList<>();
        for (int i = 0; i < reports.size(); i++) {
            PilotException no = refused.get(i);
            RunId id = reports.get(i).lease().runId();
            if (no != null) {
                results.add(new ItemResult.Refused<>(no));
            } else {
                Run changed = after.get(id);
                Run run = changed == null ? requireNonNull(before.get(id)) : changed;
                results.add(new ItemResult.Done<>(
                        new UsageReceipt(reports.get(i).id(), counted[i], run.state(), run.usage())));
            }
        }
        return results;
    }

    private Run held(StoreView view, Map<RunId, Run> runs, Lease lease) {
        Run run = runs.get(lease.runId());
        if (run == null) {
            throw new NotFound("run", lease.runId().value());
        }
        return RunLookup.held(holding.own(view, run, lease), lease);
    }

    /** All that is new of a run is one change of it; what its agent's word stands behind is booked apart. */
    private Map<RunId, Run> count(StoreUnit unit, List<UsageReport> reports, boolean[] counted) {
        Map<RunId, Map<Boolean, Usage>> sums = new LinkedHashMap<>();
        Map<RunId, Lease> external = new LinkedHashMap<>();
        for (int i = 0; i < reports.size(); i++) {
            UsageReport report = reports.get(i);
            if (counted[i]) {
                sums.computeIfAbsent(report.lease().runId(), same -> new LinkedHashMap<>())
                        .merge(isSelfReported(report), report.used(), Usage::plus);
                if (isExternal(report)) {
                    external.put(report.lease().runId(), report.lease());
                }
            }
        }
        if (!external.isEmpty()) {
            // It was heard of.
            List<Boolean> unused = unit.runs()
                    .renew(
                            List.copyOf(external.values()),
                            unit.now().plus(hub.config().externalSilence()));
        }
        List<RunBudgets.Used> used = new ArrayList<>();
        sums.forEach((id, byWord) -> byWord.forEach((word, sum) -> {
            Run run = unit.runs().get(id);
            used.add(new RunBudgets.Used(
                    run, parts.transitions().change(unit, run, same -> add(same, run, sum)), sum, word));
        }));
        Map<RunId, Run> after = new HashMap<>();
        parts.budgets().used(unit, last(used)).forEach(run -> after.put(run.id(), run));
        return after;
    }

    /** Of a run that was changed twice only the later version is in the store. */
    private static List<RunBudgets.Used> last(List<RunBudgets.Used> used) {
        Map<RunId, Run> now = new HashMap<>();
        used.forEach(one -> now.put(one.after().id(), one.after()));
        return used.stream()
                .map(one -> new RunBudgets.Used(
                        one.before(), requireNonNull(now.get(one.after().id())), one.used(), one.selfReported()))
                .toList();
    }

    private static boolean isExternal(UsageReport report) {
        return report.lease().workerId().equals(RunCreation.EXTERNAL);
    }

    private static boolean isSelfReported(UsageReport report) {
        return report.selfReported() || isExternal(report);
    }

    private NewEvent event(Run run, UsageReport report) {
        Usage used = report.used();
        String name = run.id() + "\n" + report.id();
        return journal.build(
                        Subject.run(run.id()),
                        run.projectId(),
                        run.id(),
                        "usage",
                        "used",
                        Json.object(
                                "id", report.id(),
                                "attempt", run.attempt(),
                                "selfReported", isSelfReported(report),
                                "wallMillis", used.wallMillis(),
                                "inputTokens", used.inputTokens(),
                                "outputTokens", used.outputTokens(),
                                "costMicros", used.costMicros(),
                                "toolCalls", used.toolCalls(),
                                "changedFiles", used.changedFiles(),
                                "changedLines", used.changedLines(),
                                "outputBytes", used.outputBytes()))
                .id(Journal.once("use", name))
                .build();
    }
}
