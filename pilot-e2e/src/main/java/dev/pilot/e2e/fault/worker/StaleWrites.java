package dev.pilot.e2e.fault.worker;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.LeaseLost;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.ArtifactKind;
import dev.pilot.api.run.FinishRun;
import dev.pilot.api.run.HeartbeatRequest;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.NewApproval;
import dev.pilot.api.run.NewArtifact;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.Risk;
import dev.pilot.api.run.RunResult;
import dev.pilot.api.run.Subject;
import dev.pilot.api.run.Usage;
import dev.pilot.api.value.Json;
import dev.pilot.e2e.fault.Violations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Everything that a worker can write, with a lease that is another worker's by now. */
final class StaleWrites {
    private final Pilot pilot;
    private final Lease stale;

    StaleWrites(Pilot pilot, Lease stale) {
        this.pilot = pilot;
        this.stale = stale;
    }

    void run(String name, Violations violations) {
        writes().forEach((write, call) -> violations.count(name + ".refused", isRefused(call), write + " was taken"));
        boolean held = pilot.work()
                .heartbeat(new HeartbeatRequest(stale.workerId(), List.of(stale), Duration.ofMinutes(1)))
                .leases()
                .get(0)
                .held();
        violations.count(name + ".refused", !held, "a heartbeat was taken");
    }

    private Map<String, Supplier<?>> writes() {
        byte[] bytes = {'z', 'o', 'm', 'b', 'i', 'e'};
        Map<String, Supplier<?>> writes = new LinkedHashMap<>();
        writes.put("started", () -> pilot.work().started(stale, "zombie", "0"));
        writes.put("gates", () -> pilot.work().gates(stale));
        writes.put(
                "ask",
                () -> pilot.work()
                        .ask(
                                stale,
                                NewApproval.builder(ApprovalKind.QUESTION, "zombie?")
                                        .risk(Risk.LOW)
                                        .payload(Json.object())
                                        .build()));
        writes.put(
                "append",
                () -> pilot.work()
                        .append(
                                stale,
                                List.of(NewEvent.builder(Subject.run(stale.runId()))
                                        .title("zombie")
                                        .build()))
                        .toCompletableFuture()
                        .join());
        writes.put("output", () -> pilot.work().output(stale, OutputStream.STDOUT, 0, bytes));
        writes.put(
                "keep",
                () -> pilot.work()
                        .keep(
                                stale,
                                new NewArtifact(ArtifactKind.FILE, "zombie.txt", "text/plain", Json.object()),
                                bytes));
        writes.put("use", () -> pilot.work().use(stale, new Usage(1, 1, 1, 1, 1, 1, 1, 1)));
        writes.put("release", () -> pilot.work().release(List.of(stale)).get(0).get());
        for (RunResult result : RunResult.values()) {
            FinishRun report =
                    FinishRun.builder(stale, result).summary("zombie").build();
            writes.put(
                    "finish " + result,
                    () -> pilot.work().finish(List.of(report)).get(0).get());
        }
        return writes;
    }

    private static boolean isRefused(Supplier<?> call) {
        try {
            Object taken = call.get();
            return taken == null;
        } catch (PilotException refused) {
            return refused instanceof LeaseLost;
        } catch (CompletionException failed) {
            return failed.getCause() instanceof LeaseLost;
        }
    }
}
