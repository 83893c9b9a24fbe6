package dev.pilot.e2e.fault.crash;

import dev.pilot.api.Pilot;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.ProjectFilter;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.e2e.fault.Violations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Holds what was acknowledged against what is there. */
public final class LedgerCheck {
    private static final int PAGE = 1_000;

    private final String name;
    private final Violations violations;

    /**
     * Makes one.
     *
     * @param name how the names of its promises begin
     * @param violations counts
     */
    public LedgerCheck(String name, Violations violations) {
        this.name = name;
        this.violations = violations;
    }

    /**
     * Looks at all of it.
     *
     * @param pilot the hub
     * @param ledger what it acknowledged
     */
    public void look(Pilot pilot, Ledger ledger) {
        Map<String, Project> projects = projects(pilot);
        for (String project : ledger.projects()) {
            violations.count(name + ".lost", projects.containsKey(project), "project " + project);
        }
        Map<String, Integer> found = events(pilot);
        for (String event : ledger.events()) {
            violations.count(name + ".lost", found.containsKey(event), "event " + event);
        }
        for (String event : ledger.openEvents()) {
            violations.count(name + ".doubled", found.getOrDefault(event, 0) <= 1, "event " + event);
        }
        ledger.bumps().forEach((project, bumps) -> {
            Project there = projects.get(project);
            if (there != null) {
                int progress = there.progress();
                String what = "progress of " + project + " is " + progress + " after " + bumps;
                violations.count(
                        name + ".lost", progress >= bumps.acknowledged().get(), what);
                violations.count(name + ".doubled", progress <= bumps.open().get(), what);
            }
        });
    }

    private static Map<String, Project> projects(Pilot pilot) {
        Map<String, Project> found = new HashMap<>();
        PageRequest request = PageRequest.first(PageRequest.MAX_LIMIT);
        while (true) {
            Page<Project> page = pilot.projects().list(ProjectFilter.ALL, request);
            page.items().forEach(project -> found.put(project.id().value(), project));
            if (page.next() == null) {
                return found;
            }
            request = new PageRequest(PageRequest.MAX_LIMIT, page.next());
        }
    }

    /** All events by id, with how often each is there; their positions grow. */
    private Map<String, Integer> events(Pilot pilot) {
        Map<String, Integer> found = new HashMap<>();
        long position = 0;
        List<Event> page;
        do {
            page = pilot.events().list(EventFilter.ALL, position, PAGE).items();
            for (Event event : page) {
                violations.count(name + ".order", event.position() > position, "event " + event.id());
                position = event.position();
                found.merge(event.id().value(), 1, Integer::sum);
            }
        } while (!page.isEmpty());
        return found;
    }
}
