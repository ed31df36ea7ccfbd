# Completion of ldn for bash: source <(ldn completion bash)
_ldn() {
  local text doc path typed=${COMP_WORDS[COMP_CWORD]}
  [[ $typed == '=' ]] && typed=
  COMPREPLY=()
  while IFS=$'\t' read -r text doc; do
    case $text in
      :files | :folders)
        compopt -o filenames 2>/dev/null
        while IFS= read -r path; do COMPREPLY+=("$path"); done < <(
          if [[ $text == :files ]]; then compgen -f -- "$typed"; else compgen -d -- "$typed"; fi
        )
        ;;
      *) COMPREPLY+=("$text") ;;
    esac
  done < <("${COMP_WORDS[0]}" completion words -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _ldn ldn
