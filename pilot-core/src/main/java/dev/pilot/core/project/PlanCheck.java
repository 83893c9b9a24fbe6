package dev.pilot.core.project;

import dev.pilot.api.project.Plan;
import dev.pilot.api.project.PlanTask;
import dev.pilot.core.system.InputCheck;
import dev.pilot.core.system.Limits;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What must hold for a plan by itself. */
final class PlanCheck {
    private PlanCheck() {}

    static void check(Plan plan) {
        List<PlanTask> tasks = plan.tasks();
        InputCheck size = new InputCheck();
        size.range("tasks", tasks.size(), 1, Limits.GRAPH);
        size.done();
        Set<String> keys = tasks.stream().map(PlanTask::key).collect(Collectors.toSet());
        Set<String> seen = new HashSet<>();
        InputCheck check = new InputCheck();
        for (int i = 0; i < tasks.size(); i++) {
            PlanTask task = tasks.get(i);
            String field = "tasks[" + i + "]";
            check.name(field + ".key", task.key());
            if (!seen.add(task.key())) {
                check.problem(field + ".key", "is there twice: " + task.key());
            }
            check.name(field + ".title", task.title());
            check.text(field + ".description", task.description(), Limits.TEXT);
            check.texts(field + ".acceptance", task.acceptance(), Limits.ACCEPTANCE, Limits.LINE);
            check.text(field + ".role", task.role(), Limits.WORD);
            if (task.dependsOn().size() > Limits.DEPENDENCIES) {
                check.problem(field + ".dependsOn", "may have " + Limits.DEPENDENCIES + " entries at most");
                continue;
            }
            for (int j = 0; j < task.dependsOn().size(); j++) {
                if (!keys.contains(task.dependsOn().get(j))) {
                    check.problem(
                            field + ".dependsOn[" + j + "]",
                            "no task of the plan has the key "
                                    + task.dependsOn().get(j));
                }
            }
        }
        check.done();
    }
}
