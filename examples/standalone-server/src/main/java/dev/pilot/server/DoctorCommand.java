package dev.pilot.server;

import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.value.Json;
import dev.pilot.core.config.Surroundings;
import dev.pilot.core.redaction.RuleRedactor;
import dev.pilot.server.doctor.Examination;
import dev.pilot.server.doctor.Finding;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what is well, what is not, and what to do. */
@Command(
        name = "doctor",
        description =
                "Looks at configuration, credentials, files, disk, database, git, certificate and port, and says what to do.",
        mixinStandardHelpOptions = true,
        footer = {"", "It changes nothing, and a server may be running. It ends with 1 if anything fails."})
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options;

    @Option(names = "--json", description = "Print an object with all findings.")
    private boolean json;

    @SuppressWarnings("NullAway") // picocli sets it
    DoctorCommand() {}

    @Override
    public Integer call() {
        Logging.level("error");
        List<Finding> findings = new ArrayList<>();
        findings.add(Examination.java());
        List<String> secrets = List.of();
        try {
            Surroundings around = SettingsOptions.around();
            secrets = around.secrets();
            ServerSettings settings = options.read(around);
            secrets = settings.hub().secrets();
            findings.add(new Finding("configuration", Finding.State.OK, "is understood", ""));
            findings.addAll(new Examination(settings, around).findings());
        } catch (InvalidInput wrong) {
            findings.add(new Finding(
                    "configuration", Finding.State.FAIL, wrong.getMessage(), "mend it; docs/settings.md has them all"));
        }
        print(findings, RuleRedactor.withDefaults(secrets));
        return findings.stream().anyMatch(finding -> finding.state() == Finding.State.FAIL) ? 1 : 0;
    }

    /** No finding holds a secret; whatever a library says in a message goes through the redactor all the same. */
    private void print(List<Finding> findings, SecretRedactor redactor) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(redactor.redact(
                    Json.object("findings", findings.stream().map(Finding::json).toList())));
        } else {
            findings.forEach(finding -> out.println(redactor.redact(finding.line())));
        }
        out.flush();
    }
}
