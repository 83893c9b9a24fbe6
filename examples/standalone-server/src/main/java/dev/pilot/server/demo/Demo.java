package dev.pilot.server.demo;

import dev.pilot.api.Pilot;
import dev.pilot.api.access.Caller;
import dev.pilot.api.access.Scope;
import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.CreateTask;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.Task;
import dev.pilot.api.repo.CreateRepo;
import dev.pilot.api.repo.Repo;
import dev.pilot.api.run.Agent;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.CreateAgent;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.Decision;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunState;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.Registration;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The main job: a repository, a project with a task, a run that waits for approval, a worker that carries it out, gates, a review, a
 * merge. It follows the hub's events like any other client and decides what is asked.
 */
final class Demo {
    private static final Caller OPERATOR = Caller.of("you", Scope.OPERATOR);

    private final DemoHub hub;
    private final Pilot pilot;
    private final DemoPlan plan;
    private final @Nullable URI served;
    private final Screen screen;
    private final Colours colours;
    private final Timeline timeline;
    private final EventQueue events = new EventQueue();
    private long shown;

    /** @param served where others decide what is asked; null where the demo does */
    Demo(DemoHub hub, DemoPlan plan, Screen screen, @Nullable URI served) {
        this.hub = hub;
        this.pilot = hub.pilot().as(OPERATOR);
        this.plan = plan;
        this.served = served;
        this.screen = screen;
        this.colours = screen.colours();
        this.timeline = new Timeline(pilot, screen);
    }

    /**
     * Does it.
     *
     * @return whether the run succeeded
     */
    boolean run() throws IOException, InterruptedException {
        long began = System.nanoTime();
        introduce();
        try (Registration following = pilot.events().follow(EventFilter.ALL, 0, events)) {
            Repo repo = copy();
            RunId run = propose(repo);
            hub.startWorker();
            Run ended = watch(run);
            conclude(ended, repo, Duration.ofNanos(System.nanoTime() - began));
            return ended.state() == RunState.SUCCEEDED;
        }
    }

    private void introduce() {
        screen.line("");
        screen.line(colours.bold("Pilot demo: one real run on a git repository, from its proposal to its merge"));
        screen.line("  repository  " + plan.remote() + colours.dim("  (only read)"));
        screen.line("  agent       " + plan.agent());
        screen.line("  gate        " + plan.test());
        screen.line("  data        " + hub.directory() + colours.dim(hub.isKept() ? "  (kept)" : "  (thrown away)"));
        screen.line("");
    }

    private Repo copy() throws InterruptedException {
        Repo registered = pilot.repos().create(CreateRepo.builder(plan.remote()).build());
        timeline.name(registered.id().value(), registered.slug());
        showWhatHappened();
        screen.more(colours.dim("copying it; a large one takes a while"));
        Repo copied = pilot.repos().sync(registered.id());
        showWhatHappened();
        return copied;
    }

    private RunId propose(Repo repo) throws InterruptedException {
        Project project = pilot.projects()
                .create(CreateProject.builder("Demo on " + repo.slug())
                        .repoId(repo.id())
                        .build());
        timeline.name(project.id().value(), project.name());
        String title = plan.goal().lines().findFirst().orElse("Work");
        Task task = pilot.tasks()
                .create(CreateTask.builder(project.id(), title)
                        .description(plan.goal())
                        .build());
        timeline.name(task.id().value(), task.title());
        Agent agent = pilot.agents()
                .create(CreateAgent.builder("demo agent")
                        .profile(plan.profile())
                        .build());
        timeline.name(agent.id().value(), agent.name());
        showWhatHappened();
        RunPolicy policy = RunPolicy.builder()
                .approval(true)
                .gates(List.of(plan.gate()))
                .review(true)
                .maxAttempts(1)
                .build();
        return pilot.runs()
                .create(CreateRun.forTask(task.id())
                        .agentId(agent.id())
                        .goal(plan.goal())
                        .policy(policy)
                        .build())
                .id();
    }

    private void showWhatHappened() throws InterruptedException {
        long last = pilot.events().lastPosition();
        while (shown < last) {
            next();
        }
    }

    private Event next() throws InterruptedException {
        Event event = events.take();
        shown = event.position();
        timeline.show(event);
        return event;
    }

    /** Shows events, and decides what is asked, until the run is over; then all that belongs to its end. */
    private Run watch(RunId id) throws IOException, InterruptedException {
        while (!pilot.runs().get(id).state().isFinal()) {
            Event event = next();
            if (event.type().equals("approval") && is(event, "status", "pending")) {
                Json asked = Objects.requireNonNull(event.data().members().get("approvalId"));
                decide(id, new ApprovalId(((Json.Str) asked).value()));
            }
        }
        showWhatHappened();
        return pilot.runs().get(id);
    }

    private static boolean is(Event event, String field, String value) {
        return new Json.Str(value).equals(event.data().members().get(field));
    }

    private void decide(RunId run, ApprovalId id) throws IOException {
        Approval asked = pilot.approvals().get(id);
        if (asked.kind() == ApprovalKind.REVIEW) {
            new DiffView(pilot, screen).show(run);
        }
        if (served != null) {
            screen.more(colours.bold("It waits for you. From another terminal:"));
            screen.more("  export PILOT_HUB=" + served + " PILOT_TOKEN=$(cat " + hub.tokenFile() + ")");
            screen.more("  ./pilot inbox");
            screen.more("  ./pilot approve " + id);
            return;
        }
        if (asked.kind() != ApprovalKind.REVIEW) {
            screen.more(colours.dim("the demo says yes"));
        }
        pilot.approvals().decide(id, Decision.approve());
    }

    private void conclude(Run run, Repo repo, Duration took) {
        screen.value(run);
        screen.line("");
        String seconds = String.format(Locale.ROOT, " in %.1f s", took.toMillis() / 1000.0);
        if (run.state() == RunState.SUCCEEDED) {
            screen.line(colours.state(run.state()) + seconds + ": " + merged(run, repo));
        } else {
            String why = run.error() == null
                    ? ""
                    : ": " + run.error().message() + " (" + run.error().code() + ")";
            screen.line(colours.state(run.state()) + seconds + why);
        }
    }

    private String merged(Run run, Repo repo) {
        return run.mergedCommit() == null
                ? "the agent changed nothing, so there was nothing to merge."
                : "merged into " + repo.defaultBranch() + " of the hub's own clone " + hub.copyOf(repo)
                        + "; your repository is untouched.";
    }
}
