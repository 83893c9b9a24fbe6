package dev.pilot.core.worker;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.EventId;
import dev.pilot.api.run.CommandResult;
import dev.pilot.api.run.CommandSpec;
import dev.pilot.api.run.Gate;
import dev.pilot.api.run.GateResult;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.Level;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.Subject;
import dev.pilot.api.value.Json;
import dev.pilot.core.system.Fingerprint;
import dev.pilot.core.system.Threads;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs the gates of an attempt and tells how they went. */
final class GateKeeper {
    private static final int OUTPUT = 8_000;

    private final ExecutionParts parts;
    private final Run run;
    private final Lease lease;
    private int passed;

    GateKeeper(ExecutionParts parts, Run run, Lease lease) {
        this.parts = parts;
        this.run = run;
        this.lease = lease;
    }

    GateResult pass(Gate gate, Path directory) throws InterruptedException {
        GateResult result = result(gate, directory);
        passed++;
        NewEvent event = NewEvent.builder(Subject.run(run.id()))
                .id(eventId())
                .type("gate")
                .level(result.passed() ? Level.INFO : Level.ERROR)
                .title(gate.name() + (result.passed() ? " passed" : " failed"))
                .message(result.passed() ? "" : result.output())
                .data(Json.object(
                        "name", gate.name(),
                        "command", gate.command(),
                        "passed", result.passed(),
                        "exitCode", result.exitCode(),
                        "millis", result.duration().toMillis()))
                .build();
        Patience.with(run.id(), () -> Threads.await(parts.pilot().work().append(lease, List.of(event))));
        return result;
    }

    /** The same whenever it is sent, so that it is told once. */
    private EventId eventId() {
        String told = run.id() + " " + lease.attempt() + " gate " + passed;
        return new EventId("evt_"
                + Fingerprint.sha256(told.getBytes(StandardCharsets.UTF_8)).substring(0, 32));
    }

    private GateResult result(Gate gate, Path directory) throws InterruptedException {
        Map<String, String> environment =
                Map.of("PILOT_RUN_ID", run.id().value(), "PILOT_ATTEMPT", Integer.toString(lease.attempt()));
        try {
            CommandResult ran = parts.commands()
                    .run(new CommandSpec(gate.command(), directory, environment, gate.timeout(), OUTPUT));
            String output = ran.exitCode() == null && ran.output().isEmpty()
                    ? ran.end().toString()
                    : ran.output().replace('\0', '\uFFFD');
            return new GateResult(gate.name(), gate.command(), ran.isSuccess(), ran.exitCode(), ran.duration(), output);
        } catch (InvalidInput wrong) {
            return new GateResult(gate.name(), gate.command(), false, null, Duration.ZERO, wrong.getMessage());
        }
    }

    static String why(GateResult result) {
        String[] lines = result.output().strip().split("\n");
        String last = lines[lines.length - 1].strip();
        String exit = result.exitCode() == null ? "it did not exit by itself" : "exit code " + result.exitCode();
        return last.isEmpty() ? exit : exit + ", " + (last.length() <= 300 ? last : last.substring(0, 300));
    }
}
