package dev.pilot.core.run;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.RepoId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.repo.Repo;
import dev.pilot.api.run.Artifact;
import dev.pilot.api.run.ArtifactKind;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunMove;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.Json;
import dev.pilot.core.limit.QuotaBook;
import dev.pilot.core.output.ArtifactFiles;
import dev.pilot.core.queue.Ask;
import dev.pilot.core.queue.FairShare;
import dev.pilot.core.system.HubContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives queued runs to the workers that ask for them: to all who ask at the moment in one unit of work, however many they are. */
final class Claims {
    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

    private final HubContext hub;
    private final RunTransitions transitions;
    private final Attempts attempts;
    private final ArtifactFiles files;
    /** Whether the last look found something: then there is more as a rule, and the next one needs no reading beforehand. */
    private volatile boolean found;

    Claims(HubContext hub, RunTransitions transitions, Attempts attempts, ArtifactFiles files) {
        this.hub = hub;
        this.transitions = transitions;
        this.attempts = attempts;
        this.files = files;
    }

    /**
     * Claims for all of them.
     *
     * @param requests who asks for what, who came first first
     * @param idle whether the hub has little to do: then nothing is read beforehand only to see whether it is worth a write
     * @return for each, in order, what it gets
     */
    List<List<Assignment>> claim(List<Ask> requests, boolean idle) {
        if (!idle && !found && !isWorth(requests)) {
            return requests.stream().map(request -> List.<Assignment>of()).toList();
        }
        List<List<Assignment>> claimed = hub.store().write("run.claim", unit -> claim(unit, requests));
        found = claimed.stream().anyMatch(ofOne -> !ofOne.isEmpty());
        return claimed.stream()
                .map(ofOne -> ofOne.stream().map(this::withPreviousDiff).toList())
                .toList();
    }

    /** Whether there is anything for them: most looks find nothing, and those need no write. */
    private boolean isWorth(List<Ask> requests) {
        return hub.store().read(view -> {
            QuotaBook book = QuotaBook.read(view);
            return alike(requests).values().stream()
                    .anyMatch(same -> !new FairShare(view, book)
                            .pick(requests.get(same.get(0)), 1)
                            .isEmpty());
        });
    }

    /** The requests, by their place in the list, of workers that can do the same. */
    private static Map<List<Object>, List<Integer>> alike(List<Ask> requests) {
        Map<List<Object>, List<Integer>> alike = new LinkedHashMap<>();
        for (int i = 0; i < requests.size(); i++) {
            alike.computeIfAbsent(requests.get(i).kind(), same -> new ArrayList<>())
                    .add(i);
        }
        return alike;
    }

    private List<List<Assignment>> claim(StoreUnit unit, List<Ask> requests) {
        Set<WorkerId> draining = unit.workers().draining();
        QuotaBook book = QuotaBook.read(unit);
        Map<Integer, List<Run>> picked = new HashMap<>();
        List<RunTransitions.Move> moves = new ArrayList<>();
        for (List<Integer> alike : alike(requests).values()) {
            int need = alike.stream()
                    .mapToInt(i -> limit(requests.get(i).request(), draining))
                    .sum();
            List<Run> runs = new FairShare(unit, book).pick(requests.get(alike.get(0)), need);
            int next = 0;
            for (int i : alike) {
                int end = Math.min(runs.size(), next + limit(requests.get(i).request(), draining));
                picked.put(i, runs.subList(next, end));
                next = end;
            }
        }
        for (int i = 0; i < requests.size(); i++) {
            for (Run run : requireNonNull(picked.get(i))) {
                moves.add(claim(run, requests.get(i).request(), unit.now()));
            }
        }
        List<Run> moved = transitions.moveAll(unit, moves);
        attempts.begin(unit, moved);
        Map<RepoId, Optional<Repo>> repos = new HashMap<>();
        List<List<Assignment>> assignments = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < requests.size(); i++) {
            int end = next + requireNonNull(picked.get(i)).size();
            assignments.add(moved.subList(next, end).stream()
                    .map(run -> new Assignment(run, repo(unit, run, repos), null))
                    .toList());
            next = end;
        }
        return assignments;
    }

    private static int limit(ClaimRequest request, Set<WorkerId> draining) {
        return draining.contains(request.workerId()) ? 0 : request.limit();
    }

    private RunTransitions.Move claim(Run queued, ClaimRequest request, Instant now) {
        Duration length = Holding.shorter(request.lease(), hub.config().maxLease());
        Lease lease = new Lease(queued.id(), queued.attempt() + 1, request.workerId(), now.plus(length));
        UnaryOperator<Run.Builder> change = run -> run.attempt(lease.attempt())
                .lease(lease)
                .startedAt(queued.startedAt() == null ? now : queued.startedAt())
                .notBefore(null)
                .branch(null)
                .baseCommit(null)
                .headCommit(null)
                .exitCode(null)
                .error(null)
                .gates(List.of());
        return new RunTransitions.Move(
                queued,
                RunMove.CLAIM,
                change,
                Json.object("worker", request.workerId().value()));
    }

    private static @Nullable Repo repo(StoreView view, Run run, Map<RepoId, Optional<Repo>> known) {
        return run.repoId() == null
                ? null
                : known.computeIfAbsent(run.repoId(), id -> view.repos().find(id))
                        .orElse(null);
    }

    private Assignment withPreviousDiff(Assignment assignment) {
        Run run = assignment.run();
        return run.feedback() == null ? assignment : new Assignment(run, assignment.repo(), previousDiff(run));
    }

    private @Nullable String previousDiff(Run run) {
        List<Artifact> diffs = hub.store()
                .read(view -> view.artifacts().of(run.id()).stream()
                        .filter(artifact -> artifact.kind() == ArtifactKind.DIFF)
                        .toList());
        if (diffs.isEmpty()) {
            return null;
        }
        try (InputStream bytes = files.open(diffs.get(diffs.size() - 1))) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException | PilotException e) {
            LOG.warn("The previous diff of run {} can't be read; its next attempt goes without.", run.id(), e);
            return null;
        }
    }
}
