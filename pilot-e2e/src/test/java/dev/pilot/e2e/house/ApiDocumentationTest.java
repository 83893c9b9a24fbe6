package dev.pilot.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * Every public type, method and constant of the api says what it is. The compiler's own check for missing comments can't be used
 * on JDK 17: it asks for comments on what a record declares by itself. That comments are right, it does check.
 */
class ApiDocumentationTest {
    @Test
    void everythingPublicInTheApiIsDocumented() throws IOException {
        Path sources = Path.of("").toAbsolutePath().getParent().resolve("pilot-api/src/main/java");
        List<Path> files;
        try (Stream<Path> found = Files.walk(sources)) {
            files = found.filter(file -> file.toString().endsWith(".java")).toList();
        }
        assertThat(files).hasSizeGreaterThan(100);
        Undocumented undocumented = new Undocumented(files);
        assertThat(undocumented.names).isEmpty();
        assertThat(undocumented.documented).isGreaterThan(1000);
    }

    private static final class Undocumented extends TreePathScanner<Void, Boolean> {
        private final List<String> names = new ArrayList<>();
        private final DocTrees documents;
        private int documented;

        Undocumented(List<Path> files) throws IOException {
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
                JavacTask task = (JavacTask) compiler.getTask(
                        null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
                documents = DocTrees.instance(task);
                for (CompilationUnitTree unit : task.parse()) {
                    scan(unit, Boolean.TRUE);
                }
            }
        }

        @Override
        public Void visitClass(ClassTree type, Boolean shown) {
            boolean nested = getCurrentPath().getParentPath().getLeaf() instanceof ClassTree;
            if (!nested || isShown(type.getModifiers())) {
                check(type.getModifiers(), type.getSimpleName().toString());
                return super.visitClass(type, shown);
            }
            return null;
        }

        @Override
        public Void visitMethod(MethodTree method, Boolean shown) {
            if (isShown(method.getModifiers()) && !overrides(method)) {
                check(method.getModifiers(), method.getName().toString());
            }
            return null; // what is inside a method is nobody's business
        }

        @Override
        public Void visitVariable(VariableTree field, Boolean shown) {
            boolean component = field.getModifiers().getFlags().contains(Modifier.PRIVATE);
            if (!component && isShown(field.getModifiers())) {
                check(field.getModifiers(), field.getName().toString());
            }
            return null;
        }

        private void check(ModifiersTree modifiers, String name) {
            String comment = documents.getDocComment(getCurrentPath());
            if (comment == null || comment.isBlank()) {
                names.add(getCurrentPath().getCompilationUnit().getPackageName() + " "
                        + Path.of(getCurrentPath()
                                        .getCompilationUnit()
                                        .getSourceFile()
                                        .getName())
                                .getFileName() + ": " + name + " " + modifiers.getFlags());
            } else {
                documented++;
            }
        }

        /** Public, or in an interface and not private. */
        private boolean isShown(ModifiersTree modifiers) {
            Tree parent = getCurrentPath().getParentPath().getLeaf();
            boolean inInterface = parent.getKind() == Tree.Kind.INTERFACE;
            return modifiers.getFlags().contains(Modifier.PUBLIC)
                    || modifiers.getFlags().contains(Modifier.PROTECTED)
                    || (inInterface && !modifiers.getFlags().contains(Modifier.PRIVATE));
        }

        private static boolean overrides(MethodTree method) {
            return method.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
        }
    }
}
