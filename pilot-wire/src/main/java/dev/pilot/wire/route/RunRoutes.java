package dev.pilot.wire.route;

import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.run.Artifact;
import dev.pilot.api.run.Attempt;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.RunWait;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Page;
import dev.pilot.wire.WireType;
import dev.pilot.wire.run.Cancellation;
import dev.pilot.wire.run.Comment;
import dev.pilot.wire.run.NewRuns;
import dev.pilot.wire.run.Rejection;

/** The routes of runs, as people use them. */
public final class RunRoutes {
    /** {@code GET /api/runs}. */
    public static final Route<Void, Page<Run>> LIST = Route.get("/api/runs", "Lists runs, newest first.")
            .answers(WireType.pageOf(Run.class))
            .query("projectId", ProjectId.class, "Only those of this project.")
            .query("taskId", TaskId.class, "Only those of this task.")
            .query("agentId", AgentId.class, "Only those of this agent.")
            .query("graphRunId", GraphRunId.class, "Only those of this run of a task graph.")
            .query("parentId", RunId.class, "Only those that this run has made.")
            .query("state", RunState.class, "Only those in this state.")
            .query("externalId", String.class, "Only the one with this id of an outside agent's.")
            .paged();

    /** {@code POST /api/runs}. */
    public static final Route<CreateRun, Run> CREATE =
            Route.post("/api/runs", "Creates a run.").takes(CreateRun.class).creates(Run.class);

    /** {@code POST /api/runs/batch}. */
    public static final Route<NewRuns, Page<ItemResult<Created<Run>>>> CREATE_ALL = Route.post(
                    "/api/runs/batch", "Creates several runs, each by itself.")
            .takes(NewRuns.class)
            .answers(WireType.createdResultsOf(Run.class));

    /** {@code POST /api/tasks/{id}/runs}. */
    public static final Route<CreateRun, Run> CREATE_FOR_TASK = Route.post(
                    "/api/tasks/{id}/runs", "Creates a run of a task; taskId may be left out.")
            .takes(Media.OPTIONAL_JSON, CreateRun.class)
            .creates(Run.class);

    /** {@code GET /api/runs/{id}}. */
    public static final Route<Void, Run> GET =
            Route.get("/api/runs/{id}", "Gets a run.").answers(Run.class);

    /** {@code GET /api/runs/{id}/attempts}. */
    public static final Route<Void, Page<Attempt>> ATTEMPTS = Route.get(
                    "/api/runs/{id}/attempts", "Lists a run's attempts, oldest first.")
            .answers(WireType.pageOf(Attempt.class));

    /** {@code POST /api/runs/{id}/approve}. */
    public static final Route<Comment, Run> APPROVE = Route.post("/api/runs/{id}/approve", "Lets a proposed run start.")
            .takes(Media.OPTIONAL_JSON, Comment.class)
            .answers(Run.class);

    /** {@code POST /api/runs/{id}/reject}. */
    public static final Route<Rejection, Run> REJECT = Route.post(
                    "/api/runs/{id}/reject", "Refuses a proposed run or the result of one in review.")
            .takes(Media.OPTIONAL_JSON, Rejection.class)
            .answers(Run.class);

    /** {@code POST /api/runs/{id}/accept}. */
    public static final Route<Comment, Run> ACCEPT = Route.post(
                    "/api/runs/{id}/accept", "Accepts the result of a run in review and merges it.")
            .takes(Media.OPTIONAL_JSON, Comment.class)
            .answers(Run.class);

    /** {@code POST /api/runs/{id}/cancel}. */
    public static final Route<Cancellation, Run> CANCEL = Route.post(
                    "/api/runs/{id}/cancel", "Cancels a run that is not over.")
            .takes(Media.OPTIONAL_JSON, Cancellation.class)
            .answers(Run.class);

    /** {@code POST /api/runs/{id}/retry}. */
    public static final Route<Void, Run> RETRY = Route.post(
                    "/api/runs/{id}/retry", "Queues a failed run for another attempt.")
            .answers(Run.class);

    /** {@code GET /api/runs/{id}/output}; the headers of {@link dev.pilot.wire.run.OutputHeaders} say which part came. */
    public static final Route<Void, byte[]> OUTPUT = Route.get("/api/runs/{id}/output", "Reads part of a run's output.")
            .answersBytes()
            .query("attempt", Integer.class, "The attempt; 0 or absent for the latest.")
            .query("stream", OutputStream.class, "Which output; stdout if absent.")
            .query("from", Long.class, "The first byte, from 0.")
            .query("limit", Integer.class, "How many bytes at most; 65536 if absent.");

    /** {@code GET /api/runs/{id}/artifacts}. */
    public static final Route<Void, Page<Artifact>> ARTIFACTS = Route.get(
                    "/api/runs/{id}/artifacts", "Lists a run's artifacts, oldest first.")
            .answers(WireType.pageOf(Artifact.class));

    /** {@code GET /api/artifacts/{id}}. */
    public static final Route<Void, Artifact> ARTIFACT =
            Route.get("/api/artifacts/{id}", "Gets an artifact's description.").answers(Artifact.class);

    /** {@code GET /api/artifacts/{id}/content}. */
    public static final Route<Void, byte[]> ARTIFACT_CONTENT = Route.get(
                    "/api/artifacts/{id}/content", "Gets an artifact's bytes.")
            .answersBytes();

    /** {@code GET /api/runs/{id}/wait}. */
    public static final Route<Void, RunWait> WAIT = Route.get(
                    "/api/runs/{id}/wait", "Says why a run is not being claimed.")
            .answers(RunWait.class);

    private RunRoutes() {}
}
