# Completion of `duly` for bash: commands, their options, and what an option takes. tests/cli/completion_test.py holds it to what --help says.

_duly_options() {
  case $1 in
    determine) echo --program --month --decided --applied --occasion --explain --json --html --language --trials --rules ;;
    screen) echo --month --decided --applied --occasion --json --html --language --trials --rules ;;
    interview) echo --program --out --month --decided --applied --occasion --language --trials --rules ;;
    batch) echo --program --in --out --month --decided --applied --occasion --format --previous --resume --threads --tile --trials --quiet --rules ;;
    explain) echo --run --key --in --json --html --language ;;
    sweep) echo --vary --by --program --month --least-loss --json --csv --svg --html --threads --rules ;;
    why-not) echo --program --month --json --rules ;;
    generate) echo --households --seed --out --format --model --rules ;;
    diff) echo --program --in --month --against --set --overlay --group-by --weights --worst --repository --json --csv --html --keep --threads --trials ;;
    programs) echo --json --rules ;;
    sources) echo --all --json --rules ;;
    check) echo --program --json ;;
    format) echo --check ;;
    eval) echo --context --json --lines ;;
    plan) echo --month --rules ;;
    schema) echo --program --rules ;;
    test) echo --table --map --coverage --junit --json --html --threads --rules ;;
    lint) echo --today --within --checked --cases --threads --json --rules ;;
    lsp) echo --rules --today --stdio ;;
    new) echo --extends --covers --today --rules ;;
  esac
}

_duly_programs() { "${COMP_WORDS[0]}" programs 2>/dev/null | cut -d ' ' -f 1; }

_duly_files() {
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen -f -- "$1")
}

_duly_words() { mapfile -t COMPREPLY < <(compgen -W "$2" -- "$1"); }

_duly() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    _duly_words "$word" "determine screen interview batch explain sweep why-not generate diff programs sources check test lint new format eval plan schema lsp version --help"
    return
  fi
  case $before in
    --program) _duly_words "$word" "$(_duly_programs)"; return ;;
    --format) _duly_words "$word" "csv jsonl"; return ;;
    --occasion) _duly_words "$word" "application renewal change"; return ;;
    --rules | --html | --junit | --context | --table | --map | --in | --out | --csv | --svg | --overlay | --weights | --keep | --repository | --previous | --run | --model) _duly_files "$word"; return ;;
    --month | --decided | --applied | --vary | --by | --least-loss | --language | --trials | --threads | --tile | --against | --set | --group-by | --worst | --key | --households | --seed | --today | --within | --checked | --extends | --covers) return ;;
  esac
  if [[ $word == -* ]]; then
    _duly_words "$word" "$(_duly_options "$command") --help"
    return
  fi
  case $command in
    determine | screen | sweep | why-not | diff | check | format) _duly_files "$word" ;;
    plan | programs | test | lint) _duly_words "$word" "$(_duly_programs)" ;;
    schema) _duly_words "$word" "household determination explanation screening rules cases map" ;;
    new) _duly_words "$word" "program state" ;;
  esac
}

complete -F _duly duly
