package dev.pilot.core.access;

import dev.pilot.api.access.AuditDecision;
import dev.pilot.api.access.AuditFilter;
import dev.pilot.api.access.AuditKind;
import dev.pilot.api.access.AuditOperation;
import dev.pilot.api.access.CreateToken;
import dev.pilot.api.access.CreateUser;
import dev.pilot.api.access.NewAuditEvent;
import dev.pilot.api.access.Rights;
import dev.pilot.api.access.Scope;
import dev.pilot.api.access.UpdateUser;
import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.id.Id;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.project.ActionKind;
import dev.pilot.api.project.ApplyAction;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.CreateTask;
import dev.pilot.api.project.Plan;
import dev.pilot.api.project.PlanTask;
import dev.pilot.api.project.ProjectEdit;
import dev.pilot.api.project.ProjectFilter;
import dev.pilot.api.project.TaskFilter;
import dev.pilot.api.project.UpdateProject;
import dev.pilot.api.project.UpdateTask;
import dev.pilot.api.project.UsageQuery;
import dev.pilot.api.repo.CreateRepo;
import dev.pilot.api.repo.UpdateRepo;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.ArtifactKind;
import dev.pilot.api.run.Budget;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.CreateAgent;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.DecideApproval;
import dev.pilot.api.run.Decision;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.EventFollower;
import dev.pilot.api.run.FinishRun;
import dev.pilot.api.run.GrantFilter;
import dev.pilot.api.run.GraphRunFilter;
import dev.pilot.api.run.HeartbeatRequest;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.NewApproval;
import dev.pilot.api.run.NewArtifact;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.OutputRequest;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.RunFilter;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunResult;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.run.StartGraph;
import dev.pilot.api.run.Subject;
import dev.pilot.api.run.ToolCall;
import dev.pilot.api.run.UpdateAgent;
import dev.pilot.api.run.Usage;
import dev.pilot.api.run.UsageReport;
import dev.pilot.api.value.PageRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Arguments for any use-case: they are in order, but name nothing that there is. */
final class Arguments {
    private static final String NONE = "none";
    private static final ProjectId PROJECT = new ProjectId(NONE);

    private final Map<Class<?>, Object> samples = new HashMap<>();

    /** @param outside whether runs are outside work, not a worker's */
    Arguments(boolean outside) {
        Lease lease = new Lease(new RunId(NONE), 1, new WorkerId(outside ? "external" : "worker"), Instant.EPOCH);
        RunProfile profile = outside
                ? RunProfile.builder().runner(RunnerKind.EXTERNAL).build()
                : RunProfile.command(List.of("true"));
        put(
                lease,
                lease.workerId(),
                CreateRun.forProject(PROJECT, "goal").profile(profile).build(),
                new HeartbeatRequest(lease.workerId(), List.of(lease), Duration.ofSeconds(1)),
                new UsageReport("1", lease, Usage.NONE, false),
                FinishRun.builder(lease, RunResult.SUCCEEDED).build(),
                ClaimRequest.builder(lease.workerId()).waitFor(Duration.ZERO).build());
        put(
                CreateProject.named("name"),
                UpdateProject.builder().build(),
                new ProjectEdit(PROJECT, UpdateProject.builder().build()),
                ApplyAction.builder(PROJECT, ActionKind.ADD_TAG).build(),
                UsageQuery.of(),
                CreateTask.builder(PROJECT, "title").build(),
                UpdateTask.builder().build(),
                new Plan(List.of(PlanTask.builder("key", "title").build())),
                StartGraph.forProject(PROJECT).build(),
                CreateAgent.builder("name").build(),
                UpdateAgent.builder().build(),
                CreateRepo.builder("https://example.org/" + System.nanoTime() + "/b")
                        .build(),
                UpdateRepo.builder().build(),
                new CreateUser("name" + System.nanoTime(), null, "a long enough password", Rights.of(Scope.READER)),
                UpdateUser.NOTHING,
                new CreateToken("token" + System.nanoTime(), Rights.of(Scope.READER), null),
                AuditFilter.ALL,
                NewAuditEvent.builder(AuditKind.PATH, AuditOperation.READ, "/etc/passwd", AuditDecision.DENIED)
                        .build(),
                Budget.NONE,
                Decision.approve(),
                new DecideApproval(new ApprovalId(NONE), Decision.approve()),
                new OutputRequest(new RunId(NONE), 0, OutputStream.STDOUT, 0, 1),
                NewEvent.builder(Subject.project(PROJECT)).build(),
                NewApproval.builder(ApprovalKind.QUESTION, "title").build(),
                ToolCall.builder("tool").build(),
                new NewArtifact(ArtifactKind.FILE, "name", null, null),
                Usage.NONE,
                PageRequest.first(),
                ProjectFilter.ALL,
                TaskFilter.ALL,
                GraphRunFilter.ALL,
                RunFilter.ALL,
                ApprovalFilter.PENDING,
                GrantFilter.ALL,
                EventFilter.ALL,
                Duration.ZERO,
                Instant.EPOCH,
                "text",
                new byte[0]);
        samples.put(int.class, 1);
        samples.put(long.class, 0L);
        samples.put(boolean.class, false);
        samples.put(InputStream.class, new ByteArrayInputStream(new byte[0]));
        samples.put(EventFollower.class, (EventFollower) events -> CompletableFuture.completedFuture(null));
    }

    private void put(Object... values) {
        for (Object value : values) {
            samples.put(value.getClass(), value);
        }
    }

    Object[] of(Method method) {
        return Arrays.stream(method.getGenericParameterTypes()).map(this::of).toArray();
    }

    private Object of(Type type) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return List.of(of(list.getActualTypeArguments()[0]));
        }
        Class<?> raw = (Class<?>) type;
        Object sample = samples.get(raw);
        if (sample != null) {
            return sample;
        }
        if (raw.isEnum()) {
            return raw.getEnumConstants()[0];
        }
        if (Id.class.isAssignableFrom(raw)) {
            return id(raw);
        }
        throw new AssertionError("there is no sample of " + raw + ": add one");
    }

    private static Object id(Class<?> type) {
        try {
            return type.getConstructor(String.class).newInstance(NONE);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
