#compdef ldn
# Completion of ldn for zsh: ldn completion zsh > a folder of $fpath/_ldn
_ldn() {
  local line text
  local -a found
  for line in "${(@f)$("${words[1]}" completion words -- "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    text=${line%%$'\t'*}
    case $text in
      '') ;;
      :files) _files ;;
      :folders) _files -/ ;;
      *) found+=("${text//:/\\:}:${line#*$'\t'}") ;;
    esac
  done
  (( $#found )) && _describe 'ldn' found
}
if [[ $funcstack[1] == _ldn ]]; then _ldn "$@"; else compdef _ldn ldn; fi
