package dev.pilot.http.run;

import static java.util.Objects.requireNonNullElse;

import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ArtifactId;
import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.run.Artifact;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.OutputChunk;
import dev.pilot.api.run.OutputRequest;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunFilter;
import dev.pilot.api.run.RunState;
import dev.pilot.http.call.Answer;
import dev.pilot.http.call.Call;
import dev.pilot.http.call.Operations;
import dev.pilot.http.call.PathField;
import dev.pilot.wire.route.RunRoutes;
import dev.pilot.wire.run.OutputHeaders;
import dev.pilot.wire.run.Rejection;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Runs, as people use them. */
public final class RunOperations {
    private RunOperations() {}

    /**
     * Adds the area's operations.
     *
     * @param to takes them
     */
    public static void add(Operations to) {
        to.answer(RunRoutes.LIST, call -> call.pilot().runs().list(filter(call), call.page()));
        to.create(RunRoutes.CREATE, call -> call.pilot().runs().createOrFind(call.body()), RunRoutes.GET, Run::id);
        to.list(
                RunRoutes.CREATE_ALL,
                call -> call.pilot().runs().createAll(call.body().runs()));
        to.create(
                RunRoutes.CREATE_FOR_TASK,
                call -> call.pilot()
                        .runs()
                        .createOrFind(PathField.into(
                                call.bytes(), "taskId", call.id(TaskId::new).value(), CreateRun.class)),
                RunRoutes.GET,
                Run::id);
        to.answer(RunRoutes.GET, call -> call.pilot().runs().get(call.id(RunId::new)));
        to.list(RunRoutes.ATTEMPTS, call -> call.pilot().runs().attempts(call.id(RunId::new)));
        to.list(RunRoutes.ARTIFACTS, call -> call.pilot().runs().artifacts(call.id(RunId::new)));
        to.answer(RunRoutes.WAIT, call -> call.pilot().runs().whyWaiting(call.id(RunId::new)));
        addVerbs(to);
        to.serve(RunRoutes.OUTPUT, RunOperations::output);
        to.answer(RunRoutes.ARTIFACT, call -> call.pilot().runs().artifact(call.id(ArtifactId::new)));
        to.serve(RunRoutes.ARTIFACT_CONTENT, RunOperations::content);
    }

    private static void addVerbs(Operations to) {
        to.answer(
                RunRoutes.APPROVE,
                call -> call.pilot()
                        .runs()
                        .approve(call.id(RunId::new), call.body().comment()));
        to.answer(RunRoutes.REJECT, call -> {
            Rejection rejection = call.body();
            return call.pilot().runs().reject(call.id(RunId::new), rejection.comment(), rejection.again());
        });
        to.answer(
                RunRoutes.ACCEPT,
                call -> call.pilot()
                        .runs()
                        .accept(call.id(RunId::new), call.body().comment()));
        to.answer(
                RunRoutes.CANCEL,
                call -> call.pilot()
                        .runs()
                        .cancel(call.id(RunId::new), call.body().reason()));
        to.answer(RunRoutes.RETRY, call -> call.pilot().runs().retry(call.id(RunId::new)));
    }

    private static RunFilter filter(Call<?> call) {
        return RunFilter.builder()
                .projectId(call.id("projectId", ProjectId::new))
                .taskId(call.id("taskId", TaskId::new))
                .agentId(call.id("agentId", AgentId::new))
                .graphRunId(call.id("graphRunId", GraphRunId::new))
                .parentId(call.id("parentId", RunId::new))
                .state(call.named("state", RunState.class))
                .externalId(call.text("externalId"))
                .build();
    }

    private static Answer output(Call<Void> call) {
        OutputChunk chunk = call.pilot()
                .runs()
                .output(new OutputRequest(
                        call.id(RunId::new),
                        call.smallNumber("attempt", 0),
                        requireNonNullElse(call.named("stream", OutputStream.class), OutputStream.STDOUT),
                        call.number("from", 0),
                        call.smallNumber("limit", 0)));
        return new Answer.Bytes(
                new ByteArrayInputStream(chunk.bytes()),
                chunk.bytes().length,
                // What a program printed must never be taken for a page.
                "application/octet-stream",
                Map.of(
                        OutputHeaders.ATTEMPT, Integer.toString(chunk.attempt()),
                        OutputHeaders.FROM, Long.toString(chunk.from()),
                        OutputHeaders.SIZE, Long.toString(chunk.size())));
    }

    private static Answer content(Call<Void> call) {
        ArtifactId id = call.id(ArtifactId::new);
        Artifact artifact = call.pilot().runs().artifact(id);
        String name = URLEncoder.encode(artifact.name(), StandardCharsets.UTF_8).replace("+", "%20");
        return new Answer.Bytes(
                call.pilot().runs().artifactContent(id),
                artifact.size(),
                artifact.contentType(),
                Map.of("Content-Disposition", "attachment; filename*=UTF-8''" + name));
    }
}
