package dev.pilot.testkit.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.project.ActionKind;
import dev.pilot.api.project.ApplyAction;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.CreateTask;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.ProjectCommands;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.UpdateProject;
import dev.pilot.api.project.UpdateTask;
import dev.pilot.api.run.Agent;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.Artifact;
import dev.pilot.api.run.ArtifactKind;
import dev.pilot.api.run.CreateAgent;
import dev.pilot.api.run.Decision;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.Gate;
import dev.pilot.api.run.GateResult;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.Link;
import dev.pilot.api.run.NewApproval;
import dev.pilot.api.run.NewArtifact;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.OutputRequest;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.Risk;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunError;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.Subject;
import dev.pilot.api.run.UpdateAgent;
import dev.pilot.api.value.Edit;
import dev.pilot.api.value.Json;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hub promises about secrets that come in by mistake: they never come out again. */
public abstract class SecretsContract extends HubContract {
    /** A secret that the hub was never told of, with the shape of an access token; put together so that no scanner trips over it. */
    static final String SHAPED_SECRET = "gh" + "p_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";

    /** For subclasses. */
    protected SecretsContract() {}

    @ParameterizedTest
    @ValueSource(strings = {SHAPED_SECRET, PilotFixture.KNOWN_SECRET})
    void noTextOfAProjectGivesASecretBack(String secret) {
        long before = pilot().events().lastPosition();
        Project made = pilot().projects().create(project(secret));
        assertHidden(secret, made);
        assertThat(made.description()).isEqualTo("before " + SecretRedactor.MARK + " after");

        Project patched = pilot().projects()
                .update(
                        project().id(),
                        UpdateProject.builder()
                                .name(Edit.set("n " + secret))
                                .description(Edit.set(secret))
                                .notes(Edit.set(secret))
                                .category(Edit.set(secret))
                                .tags(Edit.set(List.of(secret)))
                                .commands(Edit.set(commands(secret)))
                                .attributes(Edit.set(json(secret)))
                                .build());
        assertHidden(secret, patched);
        assertHidden(secret, pilot().projects().replace(patched.id(), project(secret), null));
        assertHidden(secret, pilot().projects().get(patched.id()));
        assertHidden(
                secret,
                pilot().projects()
                        .apply(List.of(ApplyAction.builder(made.id(), ActionKind.APPEND_NOTE)
                                .params(Json.object("note", "note " + secret, "alsoWriteToProjectNotes", true))
                                .build()))
                        .get(0)
                        .get());
        assertHidden(secret, pilot().projects().get(made.id()));
        assertHidden(secret, pilot().projects().stats());
        assertLogHides(secret, before);
    }

    @ParameterizedTest
    @ValueSource(strings = {SHAPED_SECRET, PilotFixture.KNOWN_SECRET})
    void noTextOfATaskGivesASecretBack(String secret) {
        long before = pilot().events().lastPosition();
        CreateTask command = CreateTask.builder(project().id(), "t " + secret)
                .description(secret)
                .acceptance(List.of(secret))
                .role(secret)
                .build();
        Task made = pilot().tasks().create(command);
        assertHidden(secret, made);
        assertHidden(
                secret,
                pilot().tasks()
                        .update(
                                made.id(),
                                UpdateTask.builder()
                                        .title(Edit.set("other " + secret))
                                        .description(Edit.set(secret + " other"))
                                        .acceptance(Edit.set(List.of("other " + secret)))
                                        .role(Edit.set("other " + secret))
                                        .build()));
        assertHidden(secret, pilot().tasks().get(made.id()));
        assertLogHides(secret, before);
    }

    @ParameterizedTest
    @ValueSource(strings = {SHAPED_SECRET, PilotFixture.KNOWN_SECRET})
    void noTextOfAnAgentGivesASecretBack(String secret) {
        long before = pilot().events().lastPosition();
        Agent made = pilot().agents()
                .create(CreateAgent.builder("a " + secret)
                        .role(secret)
                        .description(secret)
                        .attributes(json(secret))
                        .build());
        assertHidden(secret, made);
        assertHidden(
                secret,
                pilot().agents()
                        .update(
                                made.id(),
                                UpdateAgent.builder()
                                        .name(Edit.set("other " + secret))
                                        .role(Edit.set("other " + secret))
                                        .description(Edit.set("other " + secret))
                                        .attributes(Edit.set(json("other " + secret)))
                                        .build()));
        assertHidden(secret, pilot().agents().get(made.id()));
        assertLogHides(secret, before);
    }

    @ParameterizedTest
    @ValueSource(strings = {SHAPED_SECRET, PilotFixture.KNOWN_SECRET})
    void whatARunIsCarriedOutWithHoldsNoCredential(String secret) {
        long before = pilot().events().lastPosition();
        RunStage stage = stage();
        Agent agent =
                pilot().agents().create(CreateAgent.builder(unique("agent")).build());
        assertRefused(
                "profile",
                secret,
                () -> pilot().runs().create(stage.run().profile(profile(secret)).build()));
        assertRefused(
                "policy",
                secret,
                () -> pilot().runs().create(stage.run().policy(policy(secret)).build()));
        assertRefused(
                "profile",
                secret,
                () -> pilot().agents()
                        .create(CreateAgent.builder("a")
                                .profile(profile(secret))
                                .build()));
        assertRefused(
                "policy",
                secret,
                () -> pilot().agents()
                        .create(CreateAgent.builder("a").policy(policy(secret)).build()));
        assertRefused(
                "profile",
                secret,
                () -> pilot().agents()
                        .update(
                                agent.id(),
                                UpdateAgent.builder()
                                        .profile(Edit.set(profile(secret)))
                                        .build()));
        assertThat(pilot().agents().get(agent.id())).isEqualTo(agent);
        assertLogHides(secret, before);
    }

    @ParameterizedTest
    @ValueSource(strings = {SHAPED_SECRET, PilotFixture.KNOWN_SECRET})
    void noTextOfARunGivesASecretBack(String secret) {
        long before = pilot().events().lastPosition();
        RunStage stage = stage();
        Run made = pilot().runs()
                .create(stage.run()
                        .goal("use " + secret)
                        .policy(RunPolicy.builder().approval(true).review(true).build())
                        .links(List.of(new Link(secret, "https://example.org/?q=" + secret)))
                        .build());
        assertHidden(secret, made);
        assertHidden(secret, pilot().runs().approve(made.id(), "with " + secret));
        Lease lease = RunStage.leaseOf(stage.claim(stage.request().host("host " + secret)));
        assertHidden(secret, pilot().workers().list());
        Approval asked = pilot().work()
                .ask(
                        lease,
                        NewApproval.builder(ApprovalKind.QUESTION, "is it " + secret)
                                .risk(Risk.LOW)
                                .payload(json(secret))
                                .build());
        assertHidden(secret, asked);
        assertHidden(secret, pilot().approvals().decide(asked.id(), Decision.reject("it is " + secret)));
        Run review = stage.finish(RunStage.succeeded(lease)
                .summary("did " + secret)
                .metrics(json(secret))
                .links(List.of(new Link("l", "https://example.org/" + secret)))
                .gates(List.of(
                        new GateResult("test", List.of("make", secret), true, 0, Duration.ZERO, "printed " + secret))));
        assertHidden(secret, review);
        Run again = pilot().runs().reject(made.id(), "no " + secret, true);
        assertHidden(secret, again);
        Run failed = stage.finish(RunStage.failed(RunStage.leaseOf(stage.claimAgain(again)))
                .error(new RunError("exit-code", "said " + secret)));
        assertHidden(secret, failed);
        assertHidden(secret, pilot().runs().cancel(made.id(), "because of " + secret));
        assertHidden(secret, pilot().runs().get(made.id()));
        assertHidden(secret, pilot().runs().attempts(made.id()));
        assertLogHides(secret, before);
    }

    @ParameterizedTest
    @ValueSource(strings = {SHAPED_SECRET, PilotFixture.KNOWN_SECRET})
    void noEventGivesASecretBack(String secret) {
        long before = pilot().events().lastPosition();
        Subject subject = new Subject("thing", unique("thing"));
        NewEvent event = NewEvent.builder(subject)
                .title("t " + secret)
                .message("m " + secret)
                .data(json(secret))
                .build();
        CollectingFollower follower = new CollectingFollower();
        try (var following = pilot().events().follow(new EventFilter(subject, null, null, null), before, follower)) {
            done(pilot().events().append(List.of(event)));
            eventually().until(() -> follower.size() == 1);
            assertThat(following).isNotNull();
        }
        assertHidden(secret, follower.events());
        assertThat(follower.events().get(0).title()).isEqualTo("t " + SecretRedactor.MARK);
        assertLogHides(secret, before);
    }

    @ParameterizedTest
    @ValueSource(strings = {SHAPED_SECRET, PilotFixture.KNOWN_SECRET})
    void noOutputGivesASecretBackHoweverItIsSplit(String secret) {
        long before = pilot().events().lastPosition();
        RunStage stage = stage();
        for (int cut = 0; cut <= secret.length(); cut += 7) {
            stage.queued();
            Lease lease = RunStage.leaseOf(stage.claim());
            byte[] bytes = ("before " + secret + " after\n").getBytes(UTF_8);
            int at = "before ".length() + cut;
            long there = 0;
            there = write(lease, there, bytes, 0, at);
            there = write(lease, there, bytes, at, bytes.length);
            assertThat(there).as("offsets stay what they are").isEqualTo(bytes.length);
            stage.finish(RunStage.succeeded(lease));
            String read = new String(
                    pilot().runs()
                            .output(new OutputRequest(lease.runId(), 1, OutputStream.STDOUT, 0, 4096))
                            .bytes(),
                    UTF_8);
            assertThat(read)
                    .as("cut at " + cut)
                    .doesNotContain(secret)
                    .startsWith("before ")
                    .endsWith(" after\n");
            assertThat(read).hasSize(bytes.length);
        }
        assertLogHides(secret, before);
    }

    @ParameterizedTest
    @ValueSource(strings = {SHAPED_SECRET, PilotFixture.KNOWN_SECRET})
    void noArtifactGivesASecretBack(String secret) throws IOException {
        long before = pilot().events().lastPosition();
        RunStage stage = stage();
        stage.queued();
        Lease lease = RunStage.leaseOf(stage.claim());
        Artifact kept = pilot().work()
                .keep(
                        lease,
                        new NewArtifact(ArtifactKind.REPORT, "report.txt", "text/plain", json(secret)),
                        ("a " + secret + " b").getBytes(UTF_8));
        assertHidden(secret, kept);
        try (InputStream content = pilot().runs().artifactContent(kept.id())) {
            byte[] bytes = content.readAllBytes();
            assertThat(new String(bytes, UTF_8))
                    .doesNotContain(secret)
                    .startsWith("a ")
                    .endsWith(" b");
            assertThat(kept.size()).as("of what is kept").isEqualTo(bytes.length);
            assertThat(kept.sha256()).isEqualTo(OutputAndArtifactsContract.sha256(bytes));
        }
        assertLogHides(secret, before);
    }

    @Test
    void creatingAgainWithASecretStillFinds() {
        CreateProject command =
                project(SHAPED_SECRET).toBuilder().idempotencyKey(unique("key")).build();
        Project made = pilot().projects().create(command);
        assertThat(pilot().projects().createOrFind(command).value()).isEqualTo(made);
        assertThat(pilot().projects().createOrFind(command).isNew()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {SHAPED_SECRET, PilotFixture.KNOWN_SECRET})
    void anErrorDoesNotRepeatASecret(String secret) {
        InvalidInput error = refused(
                InvalidInput.class,
                () -> pilot().projects()
                        .create(CreateProject.builder(secret + " x".repeat(200))
                                .tags(List.of(secret + " y".repeat(50)))
                                .build()));
        assertHidden(secret, error.getMessage());
        Project project = project();
        InvalidInput action = refused(
                InvalidInput.class,
                pilot().projects()
                        .apply(List.of(ApplyAction.builder(project.id(), ActionKind.SET_STATUS)
                                .params(Json.object("status", secret))
                                .build()))
                        .get(0));
        assertHidden(secret, action.getMessage());
    }

    private static CreateProject project(String secret) {
        return CreateProject.builder("p " + secret)
                .description("before " + secret + " after")
                .notes(secret)
                .category(secret)
                .tags(List.of(secret))
                .commands(commands(secret))
                .attributes(json(secret))
                .build();
    }

    private static ProjectCommands commands(String secret) {
        return new ProjectCommands(List.of("install", secret), List.of("test", secret), List.of("lint", secret));
    }

    private static RunProfile profile(String secret) {
        return RunProfile.builder()
                .command(List.of("run", "--token=" + secret))
                .environment(Map.of("TOKEN", secret))
                .passEnvironment(List.of("PATH"))
                .provider(secret)
                .model(secret)
                .systemPrompt("use " + secret)
                .tools(List.of(secret))
                .build();
    }

    private static RunPolicy policy(String secret) {
        return RunPolicy.builder()
                .gates(List.of(new Gate("gate", List.of("check", secret), Duration.ofMinutes(1))))
                .build();
    }

    private static Json.Obj json(String secret) {
        return Json.object("text", "a " + secret, "deep", List.of(Json.object("inner", secret)), "name " + secret, 1);
    }

    private long write(Lease lease, long offset, byte[] bytes, int from, int to) {
        return pilot().work().output(lease, OutputStream.STDOUT, offset, java.util.Arrays.copyOfRange(bytes, from, to));
    }

    private static void assertRefused(String field, String secret, ThrowingCallable call) {
        InvalidInput error = refused(InvalidInput.class, call);
        invalid(field, error);
        assertHidden(secret, error.getMessage());
    }

    private static void assertHidden(String secret, Object shown) {
        assertThat(String.valueOf(shown)).doesNotContain(secret);
    }

    private void assertLogHides(String secret, long after) {
        List<Event> events = new ArrayList<>(
                pilot().events().list(EventFilter.ALL, after, 1000).items());
        assertThat(events).isNotEmpty();
        assertHidden(secret, events);
    }
}
