package dev.pilot.e2e.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.LeaseLost;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.Attempt;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.Decision;
import dev.pilot.api.run.FinishRun;
import dev.pilot.api.run.HeartbeatRequest;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.LeaseState;
import dev.pilot.api.run.NewApproval;
import dev.pilot.api.run.QuotaScope;
import dev.pilot.api.run.Risk;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunResult;
import dev.pilot.api.run.RunState;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.PageRequest;
import dev.pilot.e2e.fault.RunHistory;
import dev.pilot.e2e.fault.Violations;
import dev.pilot.testkit.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Random commands, each given to a hub and to the model; after each, both say the same. */
final class RandomStory {
    private static final Duration LEASE = Duration.ofSeconds(60);
    /** So that no lease ever expires close to a moment at which somebody looks. */
    private static final Duration STEP = Duration.ofSeconds(25);

    private static final int PROJECTS = 2;
    private static final List<WorkerId> WORKERS = List.of(new WorkerId("wrk_1"), new WorkerId("wrk_2"));

    private final Pilot pilot;
    private final MovableClock clock;
    private final Random random;
    private final ModelQueue model = new ModelQueue();
    private final List<ProjectId> projects = new ArrayList<>();
    private final List<CreateRun> created = new ArrayList<>();
    private String command = "begin";

    RandomStory(Pilot pilot, MovableClock clock, long seed) {
        this.pilot = pilot;
        this.clock = clock;
        this.random = new Random(seed);
        for (int i = 0; i < PROJECTS; i++) {
            projects.add(pilot.projects().create(CreateProject.named("P" + i)).id());
        }
    }

    /** Plays it; what is wrong is said with the command that brought it up. */
    void play(int steps) {
        for (int step = 1; step <= steps; step++) {
            try {
                step();
                if (step % 25 == 0 || step == steps) {
                    model.runs.forEach(this::compare);
                }
            } catch (AssertionError | RuntimeException wrong) {
                throw new AssertionError("step " + step + ", " + command, wrong);
            }
        }
        model.runs.forEach(this::compareHistory);
    }

    private void step() {
        int dice = random.nextInt(100);
        if (model.runs.isEmpty() || dice < 14) {
            create();
        } else if (dice < 32) {
            claim();
        } else if (dice < 37) {
            advance();
        } else if (dice < 40) {
            setQuota();
        } else if (dice < 42) {
            createAgain();
        } else {
            ModelRun run = model.runs.get(
                    // Mostly young ones, where more is possible.
                    Math.max(0, model.runs.size() - 1 - (int) Math.abs(random.nextGaussian() * 6)));
            int attempt = Math.max(1, run.attempts.size() - (random.nextInt(5) == 0 ? 1 : 0));
            WorkerId holder = run.attempts.size() < attempt ? WORKERS.get(0) : run.attempts.get(attempt - 1).worker;
            WorkerId worker = random.nextInt(8) == 0 ? WORKERS.get(random.nextInt(WORKERS.size())) : holder;
            withLease(run, new Lease(run.id, attempt, worker, Instant.EPOCH), dice);
            compare(run);
        }
    }

    private void withLease(ModelRun run, Lease lease, int dice) {
        boolean held = run.isHeld(lease.attempt(), lease.workerId());
        if (dice < 66) {
            finish(run, lease, RunResult.values()[Math.min(2, random.nextInt(5) / 2)]);
        } else if (dice < 70) {
            says(
                    "release " + lease,
                    held ? null : LeaseLost.class,
                    () -> pilot.work().release(List.of(lease)).get(0).get());
            if (held) {
                run.end("released", RunState.QUEUED);
            }
        } else if (dice < 76) {
            heartbeat(run, lease, held);
        } else if (dice < 80) {
            boolean legal = run.state == RunState.RUNNING;
            says("gates " + lease, refusal(held, legal), () -> pilot.work().gates(lease));
            run.state = held && legal ? RunState.GATES : run.state;
        } else if (dice < 85) {
            ask(run, lease, held);
        } else {
            byHand(run, dice);
        }
    }

    private void byHand(ModelRun run, int dice) {
        if (dice < 88) {
            answer(run);
        } else if (dice < 90) {
            boolean legal = run.state == RunState.CANCELLED || !run.isOver();
            says("cancel " + run, refusal(true, legal), () -> pilot.runs().cancel(run.id, "by chance"));
            if (legal) {
                run.end("cancelled", RunState.CANCELLED);
            }
        } else if (dice < 93) {
            boolean legal = run.state == RunState.FAILED;
            says("retry " + run, refusal(true, legal), () -> pilot.runs().retry(run.id));
            if (legal) {
                run.failures = 0;
                run.state = RunState.QUEUED;
            }
        } else if (dice < 95) {
            boolean legal = run.state == RunState.PROPOSED;
            says("approve " + run, refusal(true, legal), () -> pilot.runs().approve(run.id, null));
            run.state = legal ? RunState.QUEUED : run.state;
        } else if (dice < 97) {
            boolean legal = run.state == RunState.REVIEW;
            says("accept " + run, refusal(true, legal), () -> pilot.runs().accept(run.id, null));
            run.state = legal ? RunState.SUCCEEDED : run.state;
        } else {
            boolean again = random.nextBoolean();
            boolean legal = run.state == RunState.REVIEW || run.state == RunState.PROPOSED && !again;
            if (run.state != RunState.PROPOSED || !again) {
                says(
                        "reject " + run + " again " + again,
                        refusal(true, legal),
                        () -> pilot.runs().reject(run.id, "no", again));
                if (legal) {
                    run.state = run.state == RunState.PROPOSED
                            ? RunState.CANCELLED
                            : again ? RunState.QUEUED : RunState.FAILED;
                }
            }
        }
    }

    private void create() {
        int project = random.nextInt(PROJECTS);
        int priority = random.nextInt(2);
        boolean approval = random.nextInt(5) == 0;
        boolean review = random.nextInt(3) == 0;
        int maxAttempts = 1 + random.nextInt(3);
        CreateRun create = CreateRun.forProject(projects.get(project), "run " + created.size())
                .id(new RunId("run_" + projects.get(0).value() + "-" + created.size()))
                .profile(RunProfile.command(List.of("true")))
                .priority(priority)
                .policy(RunPolicy.builder()
                        .approval(approval)
                        .review(review)
                        .maxAttempts(maxAttempts)
                        .build())
                .build();
        says("create " + create.id(), null, () -> pilot.runs().create(create));
        created.add(create);
        ModelRun run = new ModelRun(requireNonNull(create.id()), project, priority, approval, review, maxAttempts);
        model.runs.add(run);
        compare(run);
    }

    private void createAgain() {
        int which = random.nextInt(created.size());
        command = "create again " + created.get(which).id();
        assertThat(pilot.runs().createOrFind(created.get(which)).isNew()).isFalse();
        compare(model.runs.get(which));
    }

    private void setQuota() {
        model.most = 1 + random.nextInt(4);
        command = "quota " + model.most;
        projects.forEach(project -> pilot.quotas().set(QuotaScope.PROJECT, project.value(), model.most));
    }

    private void claim() {
        WorkerId worker = WORKERS.get(random.nextInt(WORKERS.size()));
        int limit = 1 + random.nextInt(3);
        List<ModelRun> next = model.next(limit);
        command = "claim up to " + limit + " for " + worker;
        ClaimRequest request = ClaimRequest.builder(worker)
                .limit(limit)
                .lease(LEASE)
                .waitFor(Duration.ZERO)
                .build();
        List<Run> claimed = pilot.work().claim(request).toCompletableFuture().join().stream()
                .map(Assignment::run)
                .toList();
        assertThat(claimed)
                .extracting(Run::id)
                .containsExactlyElementsOf(next.stream().map(run -> run.id).toList());
        for (int i = 0; i < next.size(); i++) {
            next.get(i).claim(worker, requireNonNull(claimed.get(i).lease()).expiresAt());
            compare(next.get(i));
        }
    }

    private void advance() {
        command = "time passes";
        clock.advance(STEP);
        Instant now = clock.instant();
        List<ModelRun> expired = model.runs.stream()
                .filter(run -> run.isActive() && !run.expiresAt.isAfter(now))
                .toList();
        for (ModelRun run : expired) {
            run.lose();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(5))
                    .untilAsserted(() -> compare(run));
        }
    }

    private void finish(ModelRun run, Lease lease, RunResult result) {
        FinishRun report = FinishRun.builder(lease, result).build();
        boolean held = run.isHeld(lease.attempt(), lease.workerId());
        boolean late = !held && run.isLate(lease.attempt(), lease.workerId());
        boolean told = !held && run.isTold(lease.attempt(), lease.workerId(), result);
        boolean illegal = held && run.state == RunState.BLOCKED && result == RunResult.SUCCEEDED;
        says(
                "finish " + result + " " + lease + " of " + run,
                held || late || told ? refusal(true, !illegal) : LeaseLost.class,
                () -> pilot.work().finish(List.of(report)).get(0).get());
        if (late) {
            run.revive();
        }
        if (held && !illegal || late) {
            run.finish(result);
        }
    }

    private void heartbeat(ModelRun run, Lease lease, boolean held) {
        command = "heartbeat " + lease + " of " + run;
        LeaseState state = pilot.work()
                .heartbeat(new HeartbeatRequest(lease.workerId(), List.of(lease), LEASE))
                .leases()
                .get(0);
        assertThat(state.held()).isEqualTo(held);
        if (held) {
            run.expiresAt = state.lease().expiresAt();
        }
    }

    /** One question or another; the same again is answered as it was. */
    private void ask(ModelRun run, Lease lease, boolean held) {
        int number = random.nextInt(3);
        boolean again = run.hasAsked(number);
        boolean legal = again || run.state == RunState.RUNNING;
        NewApproval question = NewApproval.builder(ApprovalKind.QUESTION, "may I?")
                .risk(Risk.LOW)
                .payload(Json.object("question", number))
                .build();
        says(
                "ask " + number + " " + lease,
                refusal(held, legal),
                () -> pilot.work().ask(lease, question));
        if (held && legal && !again) {
            run.ask(number);
        }
    }

    /** Decides what a blocked run has asked. */
    private void answer(ModelRun run) {
        List<Approval> pending = pilot.approvals()
                .list(
                        ApprovalFilter.builder()
                                .status(ApprovalStatus.PENDING)
                                .kind(ApprovalKind.QUESTION)
                                .runId(run.id)
                                .build(),
                        PageRequest.first(10))
                .items();
        command = "answer " + run;
        assertThat(pending).hasSize(run.state == RunState.BLOCKED ? 1 : 0);
        if (run.state == RunState.BLOCKED) {
            Decision decision = random.nextBoolean() ? Decision.approve() : Decision.reject("no");
            says(command, null, () -> pilot.approvals().decide(pending.get(0).id(), decision));
            run.answer();
        }
    }

    private static @Nullable Class<? extends PilotException> refusal(boolean held, boolean legal) {
        return !held ? LeaseLost.class : legal ? null : NotAllowed.class;
    }

    private void says(String what, @Nullable Class<? extends PilotException> refusal, Runnable call) {
        command = what;
        try {
            call.run();
            assertThat(refusal).as("it was not refused").isNull();
        } catch (PilotException refused) {
            assertThat(refused.getClass()).as(refused.getMessage()).isEqualTo(refusal);
        }
    }

    private void compare(ModelRun expected) {
        Run run = pilot.runs().get(expected.id);
        assertThat(run.state()).as(expected.toString()).isEqualTo(expected.state);
        assertThat(run.attempt()).as(expected.toString()).isEqualTo(expected.attempts.size());
        assertThat(run.failures()).as(expected.toString()).isEqualTo(expected.failures);
        assertThat(run.lease() != null).as(expected.toString()).isEqualTo(expected.isActive());
        if (run.lease() != null) {
            assertThat(expected.isHeld(run.attempt(), run.lease().workerId()))
                    .as("%s is held by %s", expected, run.lease())
                    .isTrue();
            assertThat(run.lease().expiresAt()).isEqualTo(expected.expiresAt);
        }
    }

    /** The attempts ended as they should, and the events explain the state. */
    private void compareHistory(ModelRun expected) {
        List<Attempt> attempts = pilot.runs().attempts(expected.id);
        assertThat(attempts)
                .extracting(Attempt::outcome)
                .containsExactlyElementsOf(expected.attempts.stream()
                        .map(attempt -> attempt.outcome)
                        .toList());
        Violations violations = new Violations();
        RunHistory.of(pilot, expected.id).check("model", violations);
        assertThat(violations.examples()).isEmpty();
    }
}
