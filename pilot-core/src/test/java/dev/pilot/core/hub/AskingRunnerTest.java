package dev.pilot.core.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilot.api.Pilot;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.Project;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.Decision;
import dev.pilot.api.run.InboxItem;
import dev.pilot.api.run.NewApproval;
import dev.pilot.api.run.Outbox;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.RunnerAdapter;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.run.RunnerResult;
import dev.pilot.api.run.RunnerSink;
import dev.pilot.api.run.RunnerTask;
import dev.pilot.api.run.ToolCall;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.PageRequest;
import dev.pilot.core.worker.Worker;
import dev.pilot.core.worker.WorkerConfig;
import dev.pilot.testkit.hub.PilotFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that asks on its way, at a worker: it waits for people without anybody polling, and goes on with what they said. */
class AskingRunnerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Uses a tool, asks a question, and says what came of both. */
    private static final class Asking implements RunnerAdapter {
        @Override
        public RunnerKind kind() {
            return RunnerKind.AGENT;
        }

        @Override
        public Work start(RunnerTask task, RunnerSink sink) {
            ToolCall push = ToolCall.builder("push").target("main").build();
            NewApproval question =
                    NewApproval.builder(ApprovalKind.QUESTION, "Which colour?").build();
            CompletionStage<RunnerResult> result = sink.tool(push)
                    .thenCombine(sink.tool(ToolCall.builder("sudo").build()), (one, two) -> {
                        sink.summary(one.verdict().wire() + " " + one.code() + ", " + two.code());
                        return one;
                    })
                    .thenCompose(answer -> sink.ask(question))
                    .thenApply(answer -> {
                        Json.Obj edited = answer.edited() == null ? Json.object() : answer.edited();
                        sink.summary("colour " + edited.text("colour"));
                        return new RunnerResult(RunnerResult.End.EXITED, 0, "", Duration.ZERO);
                    });
            return new Work() {
                @Override
                public CompletionStage<RunnerResult> result() {
                    return result;
                }

                @Override
                public void cancel(Duration grace) {
                    // it ends when nobody answers it any more
                }
            };
        }

        @Override
        public void close() {
            // nothing runs by itself
        }
    }

    @Test
    void itGoesOnWithWhatPeopleSaid(@TempDir Path directory) {
        try (PilotFixture fixture = EmbeddedPilot.open(directory)) {
            Pilot pilot = fixture.pilot();
            Project project = pilot.projects().create(CreateProject.named("project"));
            Run run = pilot.runs()
                    .create(CreateRun.forProject(project.id(), "goal")
                            .profile(RunProfile.builder()
                                    .runner(RunnerKind.AGENT)
                                    .tools(List.of("push"))
                                    .build())
                            .policy(RunPolicy.builder()
                                    .askTools(List.of("push"))
                                    .build())
                            .build());
            Worker.Tools tools = new Worker.Tools(
                    List.of(new Asking()),
                    command -> {
                        throw new IllegalStateException("there is no gate");
                    },
                    null,
                    Outbox.NONE);
            WorkerConfig config = WorkerConfig.of(new WorkerId("asking"), directory.resolve("worker"));
            try (Worker worker = Worker.start(pilot, config, tools)) {
                Approval tool = asked(pilot, run, ApprovalKind.TOOL);
                assertEquals(RunState.BLOCKED, pilot.runs().get(run.id()).state());
                pilot.approvals().decide(tool.id(), Decision.approve());
                Approval question = asked(pilot, run, ApprovalKind.QUESTION);
                pilot.approvals().decide(question.id(), Decision.edit(Json.object("colour", "green"), null));
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(() -> pilot.runs().get(run.id()).state().isFinal());
            }

            Run done = pilot.runs().get(run.id());
            assertEquals(RunState.SUCCEEDED, done.state(), () -> String.valueOf(done.error()));
            assertEquals("colour green", done.summary());
            assertEquals(1, done.usage().toolCalls());
            assertTrue(pilot.approvals()
                    .inbox(ApprovalFilter.PENDING, PageRequest.first())
                    .items()
                    .isEmpty());
        }
    }

    private static Approval asked(Pilot pilot, Run run, ApprovalKind kind) {
        ApprovalFilter filter =
                ApprovalFilter.builder().runId(run.id()).kind(kind).build();
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> pilot.approvals()
                                .inbox(filter, PageRequest.first())
                                .items(),
                        items -> !items.isEmpty())
                .stream()
                .map(InboxItem::approval)
                .findFirst()
                .orElseThrow();
    }
}
