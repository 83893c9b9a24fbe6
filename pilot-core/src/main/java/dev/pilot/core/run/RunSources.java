package dev.pilot.core.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.Task;
import dev.pilot.api.run.Agent;
import dev.pilot.api.store.StoreView;
import dev.pilot.core.access.Reach;
import dev.pilot.core.limit.QuotaBook;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What commands that make runs refer to, as one unit of work sees it; each is read once, however many refer to it. */
final class RunSources {
    private final StoreView whole;
    private final Reach reach;
    private final StoreView view;
    private final Map<ProjectId, Optional<Project>> projects = new HashMap<>();
    private final Map<AgentId, Optional<Agent>> agents = new HashMap<>();
    private final Families families;
    private final Map<TaskId, Task> known = new HashMap<>();
    private @Nullable QuotaBook quotas;

    RunSources(StoreView view) {
        this(view, Reach.ALL);
    }

    /** @param reach how far whoever commands sees; limits are of all */
    RunSources(StoreView view, Reach reach) {
        this.whole = view;
        this.reach = reach;
        this.view = reach.in(view);
        this.families = new Families(this.view);
    }

    Reach reach() {
        return reach;
    }

    Project project(ProjectId id) {
        return projects.computeIfAbsent(id, wanted -> view.projects().find(wanted))
                .orElseThrow(() -> InvalidInput.of("projectId", "there is no project " + id));
    }

    /** Tells it a task as the unit has just read it: the next command that names it needs no reading. */
    void knows(Task task) {
        known.put(task.id(), task);
    }

    /** Read anew each time: a run that was made changes its task. */
    Task task(TaskId id) {
        Task told = known.remove(id);
        return (told == null ? view.tasks().find(id) : Optional.of(told))
                .orElseThrow(() -> InvalidInput.of("taskId", "there is no task " + id));
    }

    Optional<Agent> agent(AgentId id) {
        return agents.computeIfAbsent(id, wanted -> view.agents().find(wanted));
    }

    Families families() {
        return families;
    }

    QuotaBook quotas() {
        QuotaBook read = quotas;
        if (read == null) {
            read = QuotaBook.read(whole);
            quotas = read;
        }
        return read;
    }
}
