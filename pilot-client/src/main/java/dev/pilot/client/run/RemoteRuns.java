package dev.pilot.client.run;

import dev.pilot.api.id.ArtifactId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Artifact;
import dev.pilot.api.run.Attempt;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.OutputChunk;
import dev.pilot.api.run.OutputRequest;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunFilter;
import dev.pilot.api.run.RunWait;
import dev.pilot.api.run.Runs;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.client.call.Connection;
import dev.pilot.client.call.FreshIds;
import dev.pilot.client.call.Request;
import dev.pilot.wire.route.RunRoutes;
import dev.pilot.wire.run.Cancellation;
import dev.pilot.wire.run.Comment;
import dev.pilot.wire.run.NewRuns;
import dev.pilot.wire.run.OutputHeaders;
import dev.pilot.wire.run.Rejection;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link Runs} of a hub elsewhere. */
public final class RemoteRuns implements Runs {
    /** Accepting merges, which takes its time in a large repository. */
    static final Duration LONGEST_MERGE = Duration.ofMinutes(10);

    private final Connection connection;

    /**
     * Makes it.
     *
     * @param connection to the hub
     */
    public RemoteRuns(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Created<Run> createOrFind(CreateRun command) {
        if (!isOurs(command)) {
            return connection.create(Request.to(RunRoutes.CREATE, command));
        }
        CreateRun keyed =
                command.toBuilder().idempotencyKey(FreshIds.next("key")).build();
        return connection.createNew(Request.to(RunRoutes.CREATE, keyed));
    }

    @Override
    public List<ItemResult<Created<Run>>> createAll(List<CreateRun> commands) {
        List<CreateRun> keyed = commands.stream()
                .map(command -> isOurs(command)
                        ? command.toBuilder()
                                .idempotencyKey(FreshIds.next("key"))
                                .build()
                        : command)
                .toList();
        List<ItemResult<Created<Run>>> answers = connection
                .call(Request.to(RunRoutes.CREATE_ALL, new NewRuns(keyed)).repeatable())
                .items();
        List<ItemResult<Created<Run>>> told = new ArrayList<>(answers.size());
        for (int i = 0; i < answers.size(); i++) {
            boolean ours = i < commands.size() && isOurs(commands.get(i));
            told.add(ours ? first(answers.get(i)) : answers.get(i));
        }
        return told;
    }

    /** Whether its key is made here, so that the call can be sent again. */
    private static boolean isOurs(CreateRun command) {
        return command.id() == null && command.idempotencyKey() == null;
    }

    /** What got its key here can only have been made by this very call, even if that was sent twice. */
    private static ItemResult<Created<Run>> first(ItemResult<Created<Run>> answer) {
        return answer instanceof ItemResult.Done<Created<Run>> done
                ? new ItemResult.Done<>(new Created<>(done.value().value(), true))
                : answer;
    }

    @Override
    public Run get(RunId id) {
        return connection.call(Request.to(RunRoutes.GET, id));
    }

    @Override
    public Page<Run> list(RunFilter filter, PageRequest page) {
        return connection.call(Request.to(RunRoutes.LIST)
                .query("projectId", filter.projectId())
                .query("taskId", filter.taskId())
                .query("agentId", filter.agentId())
                .query("graphRunId", filter.graphRunId())
                .query("parentId", filter.parentId())
                .query("state", filter.state())
                .query("externalId", filter.externalId())
                .page(page));
    }

    @Override
    public List<Attempt> attempts(RunId id) {
        return connection.call(Request.to(RunRoutes.ATTEMPTS, id)).items();
    }

    @Override
    public Run approve(RunId id, @Nullable String comment) {
        return connection.call(Request.to(RunRoutes.APPROVE, new Comment(comment), id));
    }

    @Override
    public Run reject(RunId id, @Nullable String comment, boolean again) {
        return connection.call(Request.to(RunRoutes.REJECT, new Rejection(comment, again), id));
    }

    @Override
    public Run accept(RunId id, @Nullable String comment) {
        return connection.call(
                Request.to(RunRoutes.ACCEPT, new Comment(comment), id).patience(LONGEST_MERGE));
    }

    @Override
    public Run cancel(RunId id, @Nullable String reason) {
        return connection.call(Request.to(RunRoutes.CANCEL, new Cancellation(reason), id));
    }

    @Override
    public Run retry(RunId id) {
        return connection.call(Request.to(RunRoutes.RETRY, id));
    }

    @Override
    public OutputChunk output(OutputRequest wanted) {
        Request<byte[]> request = Request.to(RunRoutes.OUTPUT, wanted.runId())
                .query("attempt", wanted.attempt())
                .query("stream", wanted.stream())
                .query("from", wanted.from())
                .query("limit", wanted.limit());
        return connection.call(
                request,
                received -> new OutputChunk(
                        Math.toIntExact(received.number(OutputHeaders.ATTEMPT)),
                        wanted.stream(),
                        received.number(OutputHeaders.FROM),
                        received.body(),
                        received.number(OutputHeaders.SIZE)));
    }

    @Override
    public List<Artifact> artifacts(RunId id) {
        return connection.call(Request.to(RunRoutes.ARTIFACTS, id)).items();
    }

    @Override
    public Artifact artifact(ArtifactId id) {
        return connection.call(Request.to(RunRoutes.ARTIFACT, id));
    }

    @Override
    public InputStream artifactContent(ArtifactId id) {
        return connection.stream(Request.to(RunRoutes.ARTIFACT_CONTENT, id));
    }

    @Override
    public RunWait whyWaiting(RunId id) {
        return connection.call(Request.to(RunRoutes.WAIT, id));
    }
}
