package dev.pilot.core.run;

import dev.pilot.api.access.Caller;
import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.Run;
import dev.pilot.api.store.Creation;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.ItemResult;
import dev.pilot.core.access.Reach;
import dev.pilot.core.system.CreateName;
import dev.pilot.core.system.HubContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes sets of commands that make runs, each in one unit of work. Each command is looked at before anything is written, so one that is
 * refused leaves no trace and keeps no other.
 */
final class RunIntake {
    private static final String KIND = "run";

    private final HubContext hub;
    private final RunCreation creation;

    RunIntake(HubContext hub, RunCreation creation) {
        this.hub = hub;
        this.creation = creation;
    }

    /**
     * Makes runs, or finds those that the same commands made before.
     *
     * @param what what the unit of work is called
     * @param commands the commands, without secrets
     * @return for each, in order, what came of it
     */
    List<ItemResult<Created<Run>>> take(String what, List<CreateRun> commands, Caller caller) {
        if (commands.isEmpty()) {
            return List.of();
        }
        return hub.store().write(what, unit -> {
            RunSources sources = new RunSources(unit, Reach.of(caller));
            List<ItemResult<Created<Run>>> results = new ArrayList<>();
            while (results.size() < commands.size()) {
                List<Named> apart = apart(commands.subList(results.size(), commands.size()));
                results.addAll(make(unit, apart, sources, caller));
            }
            return results;
        });
    }

    private record Named(CreateRun command, CreateName name) {}

    /** Those at the front that have nothing to do with each other: what comes again has to see what came of the first. */
    private static List<Named> apart(List<CreateRun> commands) {
        List<Named> apart = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        for (CreateRun command : commands) {
            CreateName name = CreateName.of(KIND, command, command.id(), command.idempotencyKey());
            boolean again = name.keys().stream().anyMatch(key -> !seen.add(key))
                    || command.taskId() != null && !seen.add(command.taskId());
            if (again) {
                break;
            }
            apart.add(new Named(command, name));
        }
        return apart;
    }

    private List<ItemResult<Created<Run>>> make(StoreUnit unit, List<Named> apart, RunSources sources, Caller caller) {
        List<String> keys =
                apart.stream().flatMap(named -> named.name().keys().stream()).toList();
        Map<String, Creation> before = unit.creations().all(KIND, keys);
        Reach reach = Reach.of(caller);
        List<ItemResult<Created<Run>>> results = new ArrayList<>();
        List<Run> made = new ArrayList<>();
        List<Creation> records = new ArrayList<>();
        for (Named named : apart) {
            try {
                Created<Run> answer =
                        named.name().found(before, id -> there(unit, new RunId(id), named.command(), sources, reach));
                if (answer != null && !reach.has(answer.value().projectId())) {
                    throw new AlreadyExists(
                            KIND, answer.value().id().value(), "The id or key is taken: use another one.");
                }
                if (answer == null) {
                    Run run = creation.compose(unit, named.command(), sources).toBuilder()
                            .createdBy(caller.name())
                            .build();
                    made.add(run);
                    records.addAll(named.name().records(run.id().value(), unit.now()));
                    answer = new Created<>(run, true);
                }
                results.add(new ItemResult.Done<>(answer));
            } catch (PilotException refused) {
                results.add(new ItemResult.Refused<>(refused));
            }
        }
        creation.insert(unit, made, caller.name());
        unit.creations().create(records);
        return results;
    }

    /** What there is out of reach is told of to nobody who asks for what is out of reach: that is not there, either. */
    private static Optional<Run> there(StoreUnit unit, RunId id, CreateRun command, RunSources sources, Reach reach) {
        Optional<Run> run = unit.runs().find(id);
        if (run.isPresent() && !reach.has(run.get().projectId())) {
            RunCreation.requireTarget(command, sources);
        }
        return run;
    }
}
