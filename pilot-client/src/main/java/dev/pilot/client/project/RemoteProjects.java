package dev.pilot.client.project;

import dev.pilot.api.id.ActionId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.project.ActionOutcome;
import dev.pilot.api.project.ApplyAction;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.ProjectEdit;
import dev.pilot.api.project.ProjectFilter;
import dev.pilot.api.project.ProjectStats;
import dev.pilot.api.project.Projects;
import dev.pilot.api.project.UpdateProject;
import dev.pilot.api.project.UsageKey;
import dev.pilot.api.project.UsageQuery;
import dev.pilot.api.project.UsageRow;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.client.call.Connection;
import dev.pilot.client.call.FreshIds;
import dev.pilot.client.call.Request;
import dev.pilot.wire.project.Actions;
import dev.pilot.wire.project.ProjectEdits;
import dev.pilot.wire.project.ProjectOrder;
import dev.pilot.wire.route.ProjectRoutes;
import dev.pilot.wire.route.SystemRoutes;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@link Projects} of a hub elsewhere. */
public final class RemoteProjects implements Projects {
    private final Connection connection;

    /**
     * Makes it.
     *
     * @param connection to the hub
     */
    public RemoteProjects(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Created<Project> createOrFind(CreateProject command) {
        if (command.id() != null || command.idempotencyKey() != null) {
            return connection.create(Request.to(ProjectRoutes.CREATE, command));
        }
        CreateProject keyed =
                command.toBuilder().idempotencyKey(FreshIds.next("key")).build();
        return connection.createNew(Request.to(ProjectRoutes.CREATE, keyed));
    }

    @Override
    public Project get(ProjectId id) {
        return connection.call(Request.to(ProjectRoutes.GET, id));
    }

    @Override
    public Page<Project> list(ProjectFilter filter, PageRequest page) {
        return connection.call(Request.to(ProjectRoutes.LIST)
                .query("status", filter.status())
                .query("priority", filter.priority())
                .query("category", filter.category())
                .query("tag", filter.tag())
                .page(page));
    }

    @Override
    public Project update(ProjectId id, UpdateProject patch) {
        return connection.call(Request.to(ProjectRoutes.UPDATE, patch, id));
    }

    @Override
    public Project replace(ProjectId id, CreateProject command, @Nullable Instant ifUpdatedAt) {
        return connection.call(Request.to(ProjectRoutes.REPLACE, command, id).ifMatch(ifUpdatedAt));
    }

    @Override
    public void delete(ProjectId id) {
        connection.run(Request.to(ProjectRoutes.DELETE, id));
    }

    @Override
    public List<ItemResult<ProjectId>> reorder(List<ProjectId> ids) {
        return connection
                .call(Request.to(ProjectRoutes.REORDER, new ProjectOrder(ids)))
                .items();
    }

    @Override
    public List<ItemResult<Project>> batch(List<ProjectEdit> edits) {
        return connection
                .call(Request.to(ProjectRoutes.BATCH, new ProjectEdits(edits)))
                .items();
    }

    @Override
    public List<ItemResult<ActionOutcome>> apply(List<ApplyAction> actions) {
        List<ApplyAction> named = actions.stream()
                .map(action -> action.id() != null
                        ? action
                        : action.toBuilder()
                                .id(new ActionId(FreshIds.next("act")))
                                .build())
                .toList();
        List<ItemResult<ActionOutcome>> answers = connection
                .call(Request.to(ProjectRoutes.ACT, new Actions(named)).repeatable())
                .items();
        List<ItemResult<ActionOutcome>> told = new ArrayList<>(answers.size());
        for (int i = 0; i < answers.size(); i++) {
            boolean ours = i < actions.size() && actions.get(i).id() == null;
            told.add(ours ? first(answers.get(i)) : answers.get(i));
        }
        return told;
    }

    /** What was given its id here can only have been applied by this very call, even if that was sent twice. */
    private static ItemResult<ActionOutcome> first(ItemResult<ActionOutcome> answer) {
        if (answer instanceof ItemResult.Done<ActionOutcome> done
                && done.value().replayed()) {
            ActionOutcome outcome = done.value();
            return new ItemResult.Done<>(new ActionOutcome(
                    outcome.id(), outcome.changed(), false, outcome.project(), outcome.event(), outcome.proposal()));
        }
        return answer;
    }

    @Override
    public List<UsageRow> usage(UsageQuery query) {
        String by = query.by().stream().map(UsageKey::wire).collect(Collectors.joining(","));
        return connection
                .call(Request.to(SystemRoutes.USAGE)
                        .query("by", by.isEmpty() ? null : by)
                        .query("from", text(query.from()))
                        .query("to", text(query.to()))
                        .query("project", query.project())
                        .query("agent", query.agent())
                        .query("model", query.model())
                        .query("provider", query.provider()))
                .items();
    }

    private static @Nullable String text(@Nullable LocalDate day) {
        return day == null ? null : day.toString();
    }

    @Override
    public ProjectStats stats() {
        return connection.call(Request.to(SystemRoutes.STATS));
    }
}
