package dev.pilot.core.run;

import dev.pilot.api.run.Budget;
import dev.pilot.api.run.Gate;
import dev.pilot.api.run.Link;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.core.limit.Metric;
import dev.pilot.core.system.InputCheck;
import dev.pilot.core.system.Limits;
import dev.pilot.core.system.Redaction;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What must hold for the parts that agent profiles and runs are made of. */
public final class RunInput {
    /** So that sums of limits can't overflow. */
    private static final long MOST = Long.MAX_VALUE >> 8;

    private RunInput() {}

    /**
     * Finds out what is wrong with how a run is to be carried out.
     *
     * @param check collects it
     * @param profile how it is to be carried out
     */
    public static void profile(InputCheck check, RunProfile profile) {
        check.texts("profile.command", profile.command(), Limits.ARGUMENTS, Limits.ARGUMENT);
        check.texts("profile.tools", profile.tools(), Limits.ARGUMENTS, Limits.NAME);
        check.texts("profile.passEnvironment", profile.passEnvironment(), Limits.ARGUMENTS, Limits.NAME);
        check.text("profile.systemPrompt", profile.systemPrompt(), Limits.NOTES);
        check.text("profile.provider", profile.provider(), Limits.NAME);
        check.text("profile.model", profile.model(), Limits.NAME);
        if (profile.environment().size() > Limits.ARGUMENTS) {
            check.problem("profile.environment", "may have " + Limits.ARGUMENTS + " variables at most");
        }
        for (Map.Entry<String, String> variable : profile.environment().entrySet()) {
            String field = "profile.environment." + variable.getKey();
            check.text(field, variable.getValue(), Limits.ARGUMENT);
            if (variable.getKey().isEmpty()
                    || variable.getKey().indexOf('=') >= 0
                    || variable.getKey().indexOf('\0') >= 0) {
                check.problem(field, "is no name for a variable");
            }
        }
    }

    /** Whether the profile can be carried out at all. */
    static void runnable(InputCheck check, RunProfile profile) {
        if (profile.runner() == RunnerKind.PROCESS && profile.command().isEmpty()) {
            check.problem("profile.command", "is required for a run of a process");
        }
    }

    /**
     * Finds out what is wrong with what is to become of a run.
     *
     * @param check collects it
     * @param policy what is to become of it
     */
    public static void policy(InputCheck check, RunPolicy policy) {
        check.range("policy.maxAttempts", policy.maxAttempts(), 1, 100);
        List<Gate> gates = policy.gates();
        if (gates.size() > Limits.GATES) {
            check.problem("policy.gates", "may have " + Limits.GATES + " entries at most");
        }
        for (int i = 0; i < gates.size(); i++) {
            String field = "policy.gates[" + i + "]";
            check.name(field + ".name", gates.get(i).name());
            check.texts(field + ".command", gates.get(i).command(), Limits.ARGUMENTS, Limits.ARGUMENT);
            if (gates.get(i).command().isEmpty()) {
                check.problem(field + ".command", "must name a program");
            }
            if (gates.get(i).timeout().isNegative() || gates.get(i).timeout().isZero()) {
                check.problem(field + ".timeout", "must be more than nothing");
            }
        }
    }

    static void budget(InputCheck check, Budget budget) {
        for (Metric metric : Metric.values()) {
            Long limit = metric.limit(budget);
            if (limit != null) {
                check.range("budget." + metric.wire(), limit, 0, MOST);
            }
        }
    }

    static void links(InputCheck check, List<Link> links) {
        if (links.size() > Limits.TAGS) {
            check.problem("links", "may have " + Limits.TAGS + " entries at most");
        }
        for (int i = 0; i < links.size(); i++) {
            check.text("links[" + i + "].title", links.get(i).title(), Limits.NAME);
            check.text("links[" + i + "].url", links.get(i).url(), Limits.LINE);
        }
    }

    /**
     * A credential in what a run is made of is refused, not redacted: a run that lacks what it needs would fail later and tell
     * nobody why.
     */
    static void refuseCredentials(InputCheck check, Redaction redaction, String field, @Nullable Record part) {
        if (part != null && !redaction.clean(part).equals(part)) {
            credential(check, field);
        }
    }

    static void credential(InputCheck check, String field) {
        check.problem(
                field,
                "holds a credential: have the worker's environment hold it and name the variable in profile.passEnvironment");
    }
}
